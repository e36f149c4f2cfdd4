import { join } from 'node:path'
import { afterEach } from 'vitest'
import { type RunEvent, RunInput } from '#shared/contract/run.ts'
import type { Report } from '#shared/report/report.ts'
import { createServices, type Services } from '#host/compose.ts'
import { tempFolder } from './temp-home.ts'

const opened: Services[] = []

afterEach(async () => {
  for (const services of opened.splice(0)) await services.close()
})

/** All services on real files, as the command line has them; closed after the test. */
export async function openServices(userHome = tempFolder(), log: string[] = []): Promise<Services> {
  const env = { HOME: userHome, PATH: process.env['PATH'], MAILWRIGHT_HOME: join(userHome, 'mw') }
  const services = await createServices({ door: 'cli', env, log: line => log.push(line) })
  opened.push(services)
  return services
}

/** Starts the practice server and makes an account that reaches it. */
export async function practise({ client }: Pick<Services, 'client'>) {
  await client.practice.start()
  return client.practice.createAccount({ endpoint: null })
}

export function runOf(id: string, extra: object = {}): RunInput {
  return RunInput.parse({ target: { kind: 'saved', id }, purpose: 'test', ...extra })
}

export async function collect(stream: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const events: RunEvent[] = []
  for await (const event of stream) events.push(event)
  return events
}

export function reportIn(events: readonly RunEvent[]): Report {
  const last = events.at(-1)
  if (last?.kind !== 'ended') throw new Error('the run ended without a report')
  return last.report
}
