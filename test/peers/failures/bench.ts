import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AccountSettings } from '#shared/account/account.ts'
import { type OwnMessage, RunInput } from '#shared/contract/run.ts'
import { readRawMessage } from '#engine/message/raw-message.ts'
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
  /** Sends the test message. */
  readonly send?: true
  /** Sends this message (RFC 5322), made ready by the account's settings as `mailwright send --raw` does. */
  readonly raw?: string
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
    diagnose: async (settings, { password, caFile, resolver, to, send, raw }) => {
      const draft = AccountSettings.parse({ host: '127.0.0.1', from: 'ada@lab.test', timeoutSeconds: 6, ...settings })
      const sendTo = to ?? 'ada@lab.test'
      const input = RunInput.parse({
        target: {
          kind: 'draft',
          settings: draft,
          secret: password === undefined ? { kind: 'forget' } : { kind: 'set', value: password },
        },
        purpose: send === undefined && raw === undefined ? 'test' : 'send',
        sendTo,
        message: raw === undefined ? null : ownMessage(raw, draft, sendTo),
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

function ownMessage(text: string, account: AccountSettings, to: string): OwnMessage {
  const { raw, messageId } = readRawMessage(Buffer.from(text), account.from ?? '', new Date(), account)
  return { raw: raw.toString('base64'), messageId, mailFrom: null, rcptTo: [to] }
}
