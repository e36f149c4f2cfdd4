import { createAuthority } from '../../../support/certificates.ts'
import { answer, type PlayedConnection } from '../../../support/played-server.ts'

export const GREETING = '220 mail.lab.test ESMTP'
export const EHLO = ['250-mail.lab.test', '250-PIPELINING', '250-STARTTLS', '250 AUTH PLAIN']
export const PASSWORD = 'canary-7f3a'

export const authority = await createAuthority()
export const identity = await authority.issue()

/** What a server does with one connection. */
export type Part = (connection: PlayedConnection) => Promise<void> | void

/** Everything right until the client may begin the handshake. */
export async function upToTls(connection: PlayedConnection, ehlo: readonly string[] = EHLO): Promise<void> {
  connection.say(GREETING)
  await answer(connection, { EHLO: ehlo, STARTTLS: ['220 go'] }, ['STARTTLS'])
}

/** Goes on sending until the client has had enough. */
export async function flood(connection: PlayedConnection, octets: Buffer): Promise<void> {
  const { socket } = connection
  while (!socket.destroyed) {
    if (socket.write(octets)) await new Promise(resolve => setImmediate(resolve))
    else {
      await new Promise<void>(resolve => {
        const wake = () => {
          socket.off('drain', wake).off('close', wake)
          resolve()
        }
        socket.on('drain', wake).on('close', wake)
      })
    }
  }
}

/** A byte a second: what is said would be whole in a minute. */
export function drip(text: string): (connection: PlayedConnection) => Promise<void> {
  return connection => {
    let at = 0
    connection.raw(text.charAt(at++))
    const timer = setInterval(() => connection.raw(text.charAt(at++)), 1000)
    connection.socket.on('close', () => clearInterval(timer))
    return connection.gone()
  }
}
