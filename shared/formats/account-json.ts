import { parseAccountFile, printAccountFile } from '#shared/account/account-file.ts'
import type { Format } from '#shared/formats/format.ts'
import { parseJsonObject, printJsonFile } from '#shared/formats/json.ts'
import { fault } from '#shared/formats/read.ts'
import { ok } from '#shared/result.ts'

/** Our own: what `--account-file` takes. It carries every setting and never a secret. */
export const ACCOUNT_JSON: Format = {
  id: 'account-json',
  name: 'Mailwright account',
  place: 'a file for --account-file',
  write: (settings, password) => ({
    text: printJsonFile(printAccountFile({ ...settings, name: 'account' })),
    lost: password === null ? [] : ['password: this format cannot carry one, so pass it by --password-stdin'],
  }),
  read(text) {
    const json = parseJsonObject(text)
    if (!json.ok) return json
    const account = parseAccountFile(json.value)
    if (!account.ok) return fault(account.error[0]?.message ?? 'this is no account')
    return ok({ settings: account.value.settings, password: null, notes: account.value.notes })
  },
}
