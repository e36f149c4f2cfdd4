import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Account } from '#shared/account/account.ts'
import { PRESETS } from '#shared/account/presets/all.ts'
import { settingsFromPreset } from '#shared/account/settings-from-preset.ts'
import { encodeBytes } from '#shared/msmtprc/bytes.ts'
import { composeMsmtprc, type MsmtprcEntry } from '#shared/msmtprc/compose.ts'
import { quoteArgument } from '#shared/msmtprc/quote.ts'
import { installedMsmtp, runMsmtp, type Trial } from './msmtprc-oracle.ts'

const version = installedMsmtp()

test('msmtp is there to read what we write, at least where tests must not be skipped', context => {
  if (version !== null) return
  if (process.env['CI']) throw new Error('msmtp is not installed')
  context.skip('msmtp is not installed: what we write is not read by it')
})

function composed(entries: readonly MsmtprcEntry[]): Uint8Array {
  const result = composeMsmtprc(entries, { platform: 'linux', hostname: 'host.example.org' })
  if (!result.ok) throw new Error(result.error.map(({ message }) => message).join('; '))
  return encodeBytes(result.value.text)
}

describe.skipIf(version === null)('the installed msmtp', () => {
  test('takes a file for each provider, and all of them in one', async () => {
    const entries = PRESETS.map((preset): MsmtprcEntry => {
      const settings = settingsFromPreset(preset, { address: 'ann@example.org', user: 'ann' })
      const account = Account.parse({
        ...settings,
        host: settings.host || 'mail.example.org',
        id: preset.id,
        name: preset.id,
      })
      return { account, secret: { kind: 'inline', value: `"p#'\\ ${preset.id} ` } }
    })
    const single = entries.map((entry): Trial => ({ bytes: composed([entry]), args: [] }))
    const joined = entries.map((entry): Trial => ({ bytes: composed(entries), args: ['-a', entry.account.name] }))
    for (const [index, verdict] of (await runMsmtp([...single, ...joined])).entries()) {
      const { account } = entries[index % entries.length] ?? { account: null }
      expect(verdict, account?.name).toMatchObject({ exit: 0, error: '' })
      expect(verdict.out).toContain(`\nhost = ${account?.host}\nport = ${account?.port}\n`)
      expect(verdict.out).toContain(`\ntls = ${account?.security === 'none' ? 'off' : 'on'}\n`)
    }
  })

  test('reads back every value that we quote, letter by letter', async () => {
    const unit = fc.constantFrom('"', '"', ' ', '\t', '\r', '#', '\\', "'", 'a', 'é', ':', ',', '$', '%', ';', '\u00a0')
    const values = fc.sample(fc.string({ unit, minLength: 1, maxLength: 12 }), 300)
    const trials = values.map((value): Trial => {
      const quoted = quoteArgument(value)
      return { bytes: encodeBytes(`host h\nuser ${quoted.ok ? quoted.value : ''}\n`), args: [] }
    })
    for (const [index, verdict] of (await runMsmtp(trials)).entries()) {
      expect(verdict.out).toContain(`\nuser = ${values[index]}\npassword = `)
    }
  })
})
