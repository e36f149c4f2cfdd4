import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AccountSettings } from '#shared/account/account.ts'
import { RunInput } from '#shared/contract/run.ts'
import { createServices } from '#host/compose.ts'
import type { Diagnosed } from './diagnosed.ts'

export type Meeting = {
  /** What the account signs in with, where it signs in. */
  readonly password?: string
  readonly caFile?: string
  /** `HOST:PORT` of the DNS server to ask. */
  readonly resolver?: string
  /** Who the envelope is for; the account's own address where absent. */
  readonly to?: string
  /** Sends the test message, or this one (RFC 5322). */
  readonly send?: true | string
}

export type Bench = {
  diagnose(settings: Partial<AccountSettings>, meeting: Meeting): Promise<Diagnosed>
  close(): Promise<void>
}

/** All services as the command line has them: the account is a draft, so nothing has to be stored. */
export async function createBench(): Promise<Bench> {
  const home = mkdtempSync(join(tmpdir(), 'mailwright-failures-'))
  const services = await createServices({ door: 'cli', env: { HOME: home, MAILWRIGHT_HOME: home }, log: () => {} })
  return {
    diagnose: async (settings, { password, caFile, resolver, to, send }) => {
      const draft = AccountSettings.parse({ host: '127.0.0.1', from: 'ada@lab.test', timeoutSeconds: 6, ...settings })
      const sendTo = to ?? 'ada@lab.test'
      const input = RunInput.parse({
        target: {
          kind: 'draft',
          settings: draft,
          secret: password === undefined ? { kind: 'forget' } : { kind: 'set', value: password },
        },
        purpose: send === undefined ? 'test' : 'send',
        sendTo,
        message:
          typeof send === 'string'
            ? { raw: Buffer.from(send).toString('base64'), messageId: '<a@lab.test>', mailFrom: null, rcptTo: [sendTo] }
            : null,
        options: { caFile: caFile ?? null, resolver: resolver ?? null },
      })
      for await (const event of await services.client.runs.run(input)) if (event.kind === 'ended') return event.report
      throw new Error('the run ended without a report')
    },
    close: async () => {
      await services.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
