import { onTestFinished, expect } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import { createAuthority } from '../../../support/certificates.ts'
import { runDiagnosis, type Ran } from '../../../support/diagnose.ts'
import { playServer, type PlayedConnection, type PlayedServer } from '../../../support/played-server.ts'

export const GREETING = '220 mail.lab.test ESMTP'
export const EHLO = ['250-mail.lab.test', '250-PIPELINING', '250-STARTTLS', '250 AUTH PLAIN']
export const PASSWORD = 'canary-7f3a'

const authority = await createAuthority()
export const identity = await authority.issue()

export type HostileRun = Ran & { readonly server: PlayedServer }
type Settings = Parameters<typeof runDiagnosis>[0]
type Input = Parameters<typeof runDiagnosis>[1]

/** A run against a server that plays this part. It must end in time and must not show the password. */
export async function runAgainst(
  part: (connection: PlayedConnection) => Promise<void> | void,
  settings: Settings = {},
  budgetMs = 3000,
  input: Input = {},
): Promise<HostileRun> {
  const server = await playServer(part)
  onTestFinished(() => server.stop())
  const startedAt = performance.now()
  const ran = await runDiagnosis(
    { port: server.port, security: 'none', ...settings },
    { password: PASSWORD, ...input },
    { deadline: new Deadline(budgetMs), extraCa: authority.pem },
  )
  expect(performance.now() - startedAt).toBeLessThan(budgetMs + 2000)
  expect(JSON.stringify(ran.events)).not.toContain(PASSWORD)
  return { ...ran, server }
}

/** Goes on sending until the client has had enough. */
export async function flood(connection: PlayedConnection, octets: Buffer): Promise<void> {
  const { socket } = connection
  while (!socket.destroyed) {
    if (socket.write(octets)) await new Promise(resolve => setImmediate(resolve))
    else {
      await new Promise<void>(resolve => {
        socket.once('drain', () => resolve()).once('close', () => resolve())
      })
    }
  }
}
