import { parseAccountFile } from '#shared/account/account-file.ts'
import { AccountName } from '#shared/account/account.ts'
import type { AccountView } from '#shared/contract/account-view.ts'
import { SECRET_LIMIT } from '#shared/contract/run.ts'
import { formatById } from '#shared/formats/all.ts'
import { readFormat } from '#shared/formats/convert.ts'
import { detectFormat } from '#shared/formats/detect.ts'
import { Problem } from '#shared/problem.ts'
import { freeName, namesOf } from '#service/account-names.ts'
import type { Accounts, NewAccount } from '#service/accounts.ts'
import { type Imported, readMsmtprcAccounts } from '#service/import-msmtprc.ts'

export type ImportText = (
  format: string,
  text: string,
) => Promise<{ readonly created: AccountView[]; readonly notes: string[] }>

/** Our own account file, under the name that callers use for it too. */
const ACCOUNT_FILE = ['account', 'account-json']

/** Makes accounts of text in any format of `shared/formats` that can be read; of an msmtprc all of them. `auto` recognises it. */
export function createImportText(accounts: Accounts): ImportText {
  return async (format, text) => {
    const { accounts: found, notes } = read(formatOf(format, text), text)
    if (found.length === 0) {
      const remedy =
        notes[0] ?? 'An msmtprc, an account as JSON, an smtp:// URL and the settings of many programs can be read.'
      throw new Problem('bad-input', 'there is no account in this text', { field: 'text', remedy })
    }
    const allNotes = [...notes]
    const taken = new Set(namesOf(accounts.all()))
    const inputs = found.map(({ name, settings, password }): NewAccount => {
      const free = freeName(taken, name)
      taken.add(free)
      if (free !== name) allNotes.push(`${name} is now called ${free}, because there was an account of that name`)
      const usable = password !== null && password !== '' && password.length <= SECRET_LIMIT
      return { name: free, settings, secret: usable ? { kind: 'set', value: password } : { kind: 'forget' } }
    })
    const created = await accounts.createAll(inputs)
    return { created, notes: allNotes }
  }
}

function formatOf(format: string, text: string): string {
  if (ACCOUNT_FILE.includes(format) || formatById(format) !== null) return format
  if (format !== 'auto') {
    const remedy = 'Choose auto, or a format of the list that “mailwright formats” prints.'
    throw new Problem('bad-input', 'this format cannot be read', { field: 'format', remedy })
  }
  const detected = detectFormat(text)
  if (detected !== null) return detected.id
  const start = text.trimStart().slice(0, 100)
  if (start.startsWith('{')) return 'account'
  return /^[a-z+]{4,16}:\/\//i.test(start) && !text.trim().includes('\n') ? 'smtp-url' : 'msmtprc'
}

function read(format: string, text: string): Imported {
  if (format === 'msmtprc') return readMsmtprcAccounts(text)
  return ACCOUNT_FILE.includes(format) ? readAccountFile(text) : readOther(format, text)
}

function readAccountFile(text: string): Imported {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Problem('bad-input', 'this is not JSON', { field: 'text', remedy: 'Paste the whole file.' })
  }
  const file = parseAccountFile(json)
  if (file.ok) return { accounts: [{ ...file.value, password: null }], notes: file.value.notes }
  const [fault] = file.error
  throw new Problem('bad-input', fault?.message ?? 'this is no account', {
    field: 'text',
    ...(fault ? { remedy: fault.remedy } : {}),
  })
}

/** One account of a program that has no names for accounts: the host is its name. */
function readOther(format: string, text: string): Imported {
  const { settings, password, notes } = readAs(format, text)
  const name = AccountName.safeParse((settings.host || settings.socket || '').slice(0, 64))
  const from = settings.from ?? (settings.user?.includes('@') ? settings.user : null)
  return {
    accounts: [{ name: name.success ? name.data : 'imported', settings: { ...settings, from }, password }],
    notes,
  }
}

function readAs(format: string, text: string): ReturnType<typeof readFormat> {
  try {
    return readFormat(format, text)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const place = error.field === null || error.field === 'from' ? '' : ` (${error.field})`
    throw new Problem('bad-input', `${error.message}${place}`, {
      field: 'text',
      remedy: error.remedy ?? 'Paste the whole file, or name its format.',
    })
  }
}
