import { homedir, hostname } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { Account } from '#shared/account/account.ts'
import { MsmtprcSecret } from '#shared/contract/msmtprc.ts'
import { composeMsmtprc } from '#shared/msmtprc/compose.ts'
import { Problem } from '#shared/problem.ts'
import { readAccountFile } from './account-file.ts'
import { done, type Command, type CommandIo, type CommandResult } from './command.ts'
import { findAccount, withServices, type Client } from './session.ts'

/** Stands for a password wherever a file is shown. */
const MASK = '********'

type Shape = {
  text: string
  notes: readonly string[]
  commands: readonly { label: string; command: string }[]
  saved: object | null
}

export const msmtprcFrom: Command = {
  name: 'msmtprc from',
  summary: 'an msmtprc made from accounts',
  operands: '[ACCOUNT…]',
  arity: [0, 10_000],
  options: {
    secret: {
      type: 'string',
      value: 'WHERE',
      choices: MsmtprcSecret.options,
      help: 'where msmtp gets the password from; keyring without this option',
    },
    'gpg-file': {
      type: 'string',
      value: 'FILE',
      help: 'with --secret gpg: the file that holds the encrypted password',
    },
    default: {
      type: 'string',
      value: 'ACCOUNT',
      help: 'the account that msmtp uses when none is named; the first one without this option',
    },
    output: {
      type: 'string',
      value: 'FILE',
      help: 'save it there, mode 0600, with a backup of the file that was there',
    },
    'store-in-keyring': {
      type: 'boolean',
      help: 'with --output and --secret keyring: put the password where msmtp looks for it',
    },
    'account-file': {
      type: 'string',
      value: 'FILE',
      help: 'settings as JSON in place of stored accounts; - is standard input',
    },
  },
  examples: [
    {
      line: 'msmtprc from work --output ~/.msmtprc --store-in-keyring',
      shows: 'a file that msmtp sends with; its password stays in the key ring',
    },
    { line: 'msmtprc from work home --secret prompt', shows: 'prints it; a password is never printed' },
  ],
  empty: { text: '', notes: [], commands: [], saved: null },
  run: io =>
    withServices(io, async client =>
      typeof io.options['account-file'] === 'string'
        ? fromFile(io, io.options['account-file'])
        : fromAccounts(io, client),
    ),
}

async function fromAccounts(io: CommandIo, client: Client): Promise<CommandResult> {
  const names = io.operands.length === 0 ? [undefined] : io.operands
  const views = await Promise.all(names.map(name => findAccount(client, name)))
  const { output, default: defaultName } = io.options
  const defaultId = typeof defaultName === 'string' ? (await findAccount(client, defaultName)).account.id : null
  const input = { accountIds: views.map(({ account }) => account.id), defaultId, ...secretOf(io) }
  const preview = await client.msmtprc.preview(input)
  const shape: Shape = { text: preview.text, notes: preview.notes, commands: preview.commands, saved: null }
  if (typeof output !== 'string') return printed(io, shape)
  const saved = await client.msmtprc.save({
    ...input,
    path: fullPath(io, output),
    storeInKeyring: io.options['store-in-keyring'] === true,
  })
  const told = [
    `Saved ${saved.path}, mode ${saved.mode}.`,
    ...(saved.backup === null ? [] : [`The file that was there is now ${saved.backup}.`]),
    ...saved.notes,
  ]
  if (saved.keyringStored) told.push('The password is in the key ring, where msmtp looks for it.')
  return done({ ...shape, notes: saved.notes, saved }, told.join('\n'))
}

async function fromFile(io: CommandIo, file: string): Promise<CommandResult> {
  if (io.options['output'] !== undefined)
    throw new Problem('usage', '--output saves stored accounts; with --account-file redirect the output')
  const { name, settings } = await readAccountFile(io, file)
  const { secret, gpgFile } = secretOf(io)
  const account = Account.parse({ ...settings, id: 'file', name })
  const source =
    secret === 'inline'
      ? { kind: secret, value: MASK }
      : gpgFile === null || secret !== 'gpg'
        ? { kind: secret }
        : { kind: secret, gpgFile }
  const platform = process.platform === 'darwin' ? 'macos' : process.platform === 'win32' ? 'windows' : 'linux'
  const composed = composeMsmtprc([{ account, secret: source }], { platform, hostname: hostname() })
  if (composed.ok) return printed(io, { ...composed.value, saved: null })
  const [first] = composed.error
  throw new Problem(first?.code ?? 'bad-input', first?.message ?? 'this account cannot be written', {
    ...(first?.field ? { field: first.field } : {}),
    ...(first?.remedy ? { remedy: first.remedy } : {}),
  })
}

/** The file alone on stdout, so that it can be redirected; the rest on stderr. */
function printed(io: CommandIo, shape: Shape): CommandResult {
  if (!io.json) {
    for (const note of shape.notes) io.note(note)
    for (const { label, command } of shape.commands) {
      io.note(`${label}:`)
      io.note(`  ${command}`)
    }
    if (shape.text.includes(MASK))
      io.note(`A password is never printed: ${MASK} stands for it. --output FILE saves the file with it.`)
  }
  return done(shape, shape.text.replace(/\n$/, ''))
}

function secretOf(io: CommandIo): { secret: MsmtprcSecret; gpgFile: string | null } {
  const file = io.options['gpg-file']
  return {
    secret: MsmtprcSecret.parse(io.options['secret'] ?? 'keyring'),
    gpgFile: typeof file === 'string' ? file : null,
  }
}

function fullPath(io: CommandIo, path: string): string {
  if (path.startsWith('~/')) return join(io.env['HOME'] ?? homedir(), path.slice(2))
  return isAbsolute(path) ? path : join(process.cwd(), path)
}
