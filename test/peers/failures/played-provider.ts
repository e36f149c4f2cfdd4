import type { Identity } from '../../support/certificates.ts'
import { playServer, type PlayedConnection, type PlayedServer } from '../../support/played-server.ts'
import type { ProviderCase, Session } from './provider-cases.ts'

/** A server that says yes to everything but what the case has it refuse. */
export function playProvider(
  { host, says, only = () => true }: ProviderCase,
  identity: Identity,
): Promise<PlayedServer> {
  return playServer(async connection => {
    const session = { ehlo: '', signedIn: false, message: '' }
    connection.say(`220 ${host} ESMTP`)
    for (let line = await connection.line(); line !== null; line = await connection.line()) {
      const verb = (line.split(' ', 1)[0] ?? '').toUpperCase()
      if (verb === 'EHLO') session.ehlo = line.slice(5)
      if (verb === 'QUIT') return connection.close()
      const refusal = isKnown(verb) && only(session) ? says[verb] : undefined
      if (refusal) connection.say(...refusal)
      else if (verb === 'STARTTLS') {
        connection.say('220 2.0.0 Ready to start TLS')
        await connection.encrypt(identity)
      } else if (verb === 'DATA') {
        connection.say('354 Go ahead')
        session.message = await readMessage(connection)
        connection.say(...((only(session) ? says.message : undefined) ?? ['250 2.0.0 OK']))
      } else {
        if (verb === 'AUTH') await signIn(connection, line, session)
        else connection.say(...yes(verb, host))
      }
    }
  })
}

function isKnown(verb: string): verb is 'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' {
  return ['EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA'].includes(verb)
}

function yes(verb: string, host: string): readonly string[] {
  return verb === 'EHLO'
    ? [`250-${host} at your service`, '250-SIZE 35882577', '250-STARTTLS', '250-AUTH PLAIN LOGIN', '250 8BITMIME']
    : ['250 2.1.0 OK']
}

/** PLAIN with its initial response, or LOGIN by its two questions. */
async function signIn(connection: PlayedConnection, line: string, session: { signedIn: boolean }): Promise<void> {
  if (/^AUTH LOGIN$/i.test(line)) {
    for (const question of ['Username:', 'Password:']) {
      connection.say(`334 ${Buffer.from(question).toString('base64')}`)
      await connection.line()
    }
  }
  session.signedIn = true
  connection.say('235 2.7.0 Accepted')
}

async function readMessage(connection: PlayedConnection): Promise<string> {
  const lines: string[] = []
  for (let line = await connection.line(); line !== null && line !== '.'; line = await connection.line()) {
    lines.push(line)
  }
  return lines.join('\n')
}

export type { Session }
