import type { AccountSettings } from '#shared/account/account.ts'
import type { Format, Written } from '#shared/formats/format.ts'
import { fault, tooLong } from '#shared/formats/read.ts'
import { composeMsmtprc } from '#shared/msmtprc/compose.ts'
import type { MsmtprcSecretSource } from '#shared/msmtprc/compose-secret.ts'
import { accountsFromMsmtprc } from '#shared/msmtprc/import.ts'
import { parseMsmtprc } from '#shared/msmtprc/parse.ts'
import { ok } from '#shared/result.ts'

/** One account of an msmtprc; whole files are the business of shared/msmtprc. */
export const MSMTPRC: Format = {
  id: 'msmtprc',
  name: 'msmtp',
  place: '~/.msmtprc, mode 0600',
  write(settings, password) {
    const plain: MsmtprcSecretSource = password === null ? { kind: 'prompt' } : { kind: 'inline', value: password }
    const written = compose(settings, plain)
    if (written !== null || password === null)
      return written ?? { text: '', lost: ['msmtp cannot hold these settings'] }
    // A password that msmtp cannot hold in its file can still be asked for.
    const asked = compose(settings, { kind: 'prompt' })
    const lost = 'password: it holds characters that msmtp cannot read from its file, so it asks for it'
    return asked === null
      ? { text: '', lost: ['msmtp cannot hold these settings'] }
      : { ...asked, lost: [...asked.lost, lost] }
  },
  read(text) {
    if (tooLong(text)) return fault('this is too long for mail settings')
    const parsed = parseMsmtprc(text)
    const accounts = accountsFromMsmtprc(parsed)
    const chosen = accounts.find(({ isDefault }) => isDefault) ?? accounts[0]
    if (chosen === undefined) return fault('there is no account with a host')
    const others = accounts.length - 1
    return ok({
      settings: chosen.settings,
      password: chosen.password,
      notes: [...chosen.notes, ...(others > 0 ? [`${others} more in the file: ${chosen.name} was taken`] : [])],
    })
  },
}

function compose(settings: AccountSettings, secret: MsmtprcSecretSource): Written | null {
  const account = { ...settings, id: 'account', name: 'account' }
  const composed = composeMsmtprc([{ account, secret }], { platform: 'linux' })
  return composed.ok ? { text: composed.value.text, lost: composed.value.notes } : null
}
