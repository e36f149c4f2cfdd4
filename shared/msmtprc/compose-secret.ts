import type { AccountSettings } from '#shared/account/account.ts'
import type { ComposedLine } from '#shared/msmtprc/compose-settings.ts'
import { quoteShell, quoteShellPath } from '#shared/msmtprc/shell.ts'

export type MsmtprcPlatform = 'linux' | 'macos' | 'windows'

/** Where msmtp is to get the password from. */
export type MsmtprcSecretSource =
  | { readonly kind: 'keyring' }
  /** Without a file: `~/.msmtp-NAME.gpg`. */
  | { readonly kind: 'gpg'; readonly gpgFile?: string }
  /** The value is the secret itself, or what stands for it in a preview. */
  | { readonly kind: 'inline'; readonly value?: string }
  | { readonly kind: 'prompt' }
  /** A shell command of the person's own that prints the password. */
  | { readonly kind: 'command'; readonly value: string }

export type ShownCommand = { readonly label: string; readonly command: string }

export type ComposedSecret = {
  readonly lines: readonly ComposedLine[]
  readonly comment: string | null
  readonly commands: readonly ShownCommand[]
  readonly notes: readonly string[]
  readonly problem: { readonly message: string; readonly remedy: string } | null
}

const NOTHING: ComposedSecret = { lines: [], comment: null, commands: [], notes: [], problem: null }

/** The lines that give msmtp the password of an account, and what a person runs once so that it is there. */
export function composeSecret(
  name: string,
  settings: AccountSettings,
  source: MsmtprcSecretSource,
  platform: MsmtprcPlatform,
): ComposedSecret {
  const { auth, user, host } = settings
  // The certificate or the ticket is the secret.
  if (auth === 'none' || auth === 'external' || auth === 'gssapi' || (auth === 'auto' && user === null)) return NOTHING
  if (user === null) {
    return { ...NOTHING, problem: { message: `signing in with ${auth} needs a user`, remedy: 'set the user name' } }
  }
  const notes = auth === 'xoauth2' || auth === 'oauthbearer' ? [TOKEN_NOTE] : []
  switch (source.kind) {
    case 'keyring':
      return withNotes(keyring(user, host === '' ? 'localhost' : host, platform), notes)
    case 'gpg':
      return withNotes(gpg(name, source.gpgFile ?? gpgFileOf(name)), notes)
    case 'inline':
      return withNotes(inline(source.value), notes)
    case 'prompt':
      return { ...NOTHING, comment: 'Password: msmtp asks for it on the terminal each time.', notes }
    case 'command':
      return { ...NOTHING, lines: [passwordeval(source.value)], notes }
  }
}

const TOKEN_NOTE =
  'The secret is an OAuth access token, which expires within hours: a command that fetches a fresh one serves better than a stored token.'

/** The command that asks for a password and keeps it where msmtp looks for this host and user; null without a key ring. */
export function keyringStoreCommand(user: string, host: string, platform: MsmtprcPlatform): string | null {
  switch (platform) {
    case 'linux':
      return `secret-tool store --label=msmtp host ${quoteShell(host)} service smtp user ${quoteShell(user)}`
    case 'macos':
      return `security add-internet-password -s ${quoteShell(host)} -r smtp -a ${quoteShell(user)} -w`
    case 'windows':
      return null
  }
}

/** msmtp asks the key ring for host, service smtp and user by itself; the file needs no line for it. */
function keyring(user: string, host: string, platform: MsmtprcPlatform): ComposedSecret {
  const command = keyringStoreCommand(user, host, platform)
  if (command === null) {
    const problem = { message: 'msmtp reads no key ring on Windows', remedy: 'choose gpg, inline or prompt' }
    return { ...NOTHING, problem }
  }
  const place = platform === 'macos' ? 'key chain' : 'key ring'
  return {
    ...NOTHING,
    comment: 'Password: in the key ring, where msmtp looks for this host and user.',
    commands: [{ label: `Store the password of ${user} in the ${place}; it is asked for`, command }],
  }
}

function gpg(name: string, file: string): ComposedSecret {
  const path = quoteShellPath(file)
  return {
    ...NOTHING,
    lines: [passwordeval(`gpg --quiet --no-tty --decrypt ${path}`)],
    commands: [
      {
        label: `Encrypt the password of ${name} for your own key: type it, press Enter and then Ctrl-D`,
        command: `gpg --encrypt --default-recipient-self --output ${path}`,
      },
    ],
  }
}

function inline(value: string | undefined): ComposedSecret {
  if (value === undefined || value === '') {
    return {
      ...NOTHING,
      problem: { message: 'has no password to write', remedy: 'give the password, or choose key ring, gpg or prompt' },
    }
  }
  const notes = ['The file holds a password: msmtp refuses it unless it is yours and its mode is 0600.']
  return { ...NOTHING, lines: [{ command: 'password', value, field: 'secret' }], notes }
}

function withNotes(secret: ComposedSecret, notes: readonly string[]): ComposedSecret {
  return { ...secret, notes: [...secret.notes, ...notes] }
}

function passwordeval(command: string): ComposedLine {
  return { command: 'passwordeval', value: command, field: 'secret' }
}

/** In the home directory, under a name that Debian's AppArmor profile lets msmtp read. */
function gpgFileOf(name: string): string {
  return `~/.msmtp-${name.replace(/[^A-Za-z0-9._-]+/g, '-')}.gpg`
}
