import { onTestFinished, expect } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import { runDiagnosis, type Ran } from '../../../support/diagnose.ts'
import { playServer, type PlayedServer } from '../../../support/played-server.ts'
import { authority, PASSWORD, type Part } from './parts.ts'

export type HostileRun = Ran & { readonly server: PlayedServer }
type Settings = Parameters<typeof runDiagnosis>[0]
type Input = Parameters<typeof runDiagnosis>[1]

/** A run against a server that plays this part. It must end in time and must not show the password. */
export async function runAgainst(
  part: Part,
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
