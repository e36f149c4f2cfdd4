import { parseAccountFile } from '#shared/account/account-file.ts'
import { AccountName, AccountSettings } from '#shared/account/account.ts'
import { understandHost } from '#shared/account/host-input.ts'
import type { AccountView } from '#shared/contract/account-view.ts'
import { SECRET_LIMIT } from '#shared/contract/run.ts'
import { Problem } from '#shared/problem.ts'
import { freeName, namesOf } from '#service/account-names.ts'
import type { Accounts, NewAccount } from '#service/accounts.ts'
import { type Imported, readMsmtprcAccounts } from '#service/import-msmtprc.ts'

export type ImportText = (
  format: string,
  text: string,
) => Promise<{ readonly created: AccountView[]; readonly notes: string[] }>

type Format = 'msmtprc' | 'account' | 'smtp-url'
const FORMATS: readonly Format[] = ['msmtprc', 'account', 'smtp-url']

/** Makes accounts of text in a format that we read: an msmtprc, an account as JSON, an SMTP URL. `auto` recognises it. */
export function createImportText(accounts: Accounts): ImportText {
  return async (format, text) => {
    const { accounts: found, notes } = read(formatOf(format, text), text)
    if (found.length === 0) {
      const remedy = notes[0] ?? 'An msmtprc, an account as JSON or an smtp:// URL can be read.'
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

function formatOf(format: string, text: string): Format {
  const known = FORMATS.find(one => one === format)
  if (known) return known
  if (format !== 'auto') {
    const remedy = `Choose auto, ${FORMATS.join(', ')}.`
    throw new Problem('bad-input', 'this format cannot be read', { field: 'format', remedy })
  }
  const start = text.trimStart().slice(0, 100)
  if (start.startsWith('{')) return 'account'
  return /^[a-z+]{4,16}:\/\//i.test(start) && !text.trim().includes('\n') ? 'smtp-url' : 'msmtprc'
}

function read(format: Format, text: string): Imported {
  switch (format) {
    case 'msmtprc':
      return readMsmtprcAccounts(text)
    case 'account':
      return readAccountFile(text)
    case 'smtp-url':
      return readUrl(text)
  }
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

function readUrl(text: string): Imported {
  const understood = understandHost(text.trim())
  if (!understood.ok) {
    throw new Problem('bad-input', understood.error.message, { field: 'text', remedy: understood.error.remedy })
  }
  const { host, port, security, user, password, notes } = understood.value
  const settings = AccountSettings.parse({
    host,
    port,
    security: security ?? 'starttls',
    user,
    auth: user === null ? 'none' : 'auto',
    secret: { kind: user === null ? 'none' : 'prompt' },
    from: user?.includes('@') ? user : null,
  })
  const name = AccountName.safeParse(host.slice(0, 64))
  return { accounts: [{ name: name.success ? name.data : 'imported', settings, password }], notes }
}
