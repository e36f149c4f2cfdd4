import type { Command } from './command.ts'

export type CommandEntry = {
  readonly name: string
  readonly operands: string
  readonly summary: string
  load(): Promise<Command>
}

/*
 * Names and summaries stand here a second time, beside each command's own, so that `--help` and a wrong word load
 * no command at all. A test compares the two.
 */
export const COMMANDS: readonly CommandEntry[] = [
  entry('configure', 'ADDRESS', 'settings for a mail address', async () => (await import('./configure.ts')).configure),
  entry('accounts list', '', 'the stored accounts', async () => (await import('./accounts.ts')).accountsList),
  entry(
    'accounts show',
    '[NAME]',
    'the settings of an account, in the form that --account-file takes',
    async () => (await import('./accounts.ts')).accountsShow,
  ),
  entry('accounts add', 'NAME', 'store a new account', async () => (await import('./accounts-edit.ts')).accountsAdd),
  entry(
    'accounts edit',
    'NAME',
    'change settings of an account; an empty value clears one',
    async () => (await import('./accounts-edit.ts')).accountsEdit,
  ),
  entry(
    'accounts remove',
    'NAME',
    'remove an account and its stored secret',
    async () => (await import('./accounts.ts')).accountsRemove,
  ),
  entry(
    'accounts rename',
    'NAME NEW-NAME',
    'give an account another name',
    async () => (await import('./accounts.ts')).accountsRename,
  ),
  entry(
    'accounts default',
    'NAME',
    'make an account the default one',
    async () => (await import('./accounts.ts')).accountsDefault,
  ),
  entry(
    'serverinfo',
    'HOST[:PORT]',
    'what a mail server offers, before and after TLS, and its certificate',
    async () => (await import('./serverinfo.ts')).serverinfo,
  ),
  entry(
    'ports',
    'HOST',
    'which ports of a host take mail, with which encryption, over IPv4 and IPv6; no password is sent',
    async () => (await import('./ports.ts')).ports,
  ),
  entry(
    'console',
    'HOST[:PORT]',
    'a session by hand, like telnet that knows SMTP and TLS; sends no message unless told to',
    async () => (await import('./console.ts')).console,
  ),
  entry(
    'diagnose',
    '[ACCOUNT]',
    'test an account step by step and say what is wrong and what to do; sends no message',
    async () => (await import('./diagnose.ts')).diagnose,
  ),
  entry(
    'send',
    '[ACCOUNT]',
    'send a message; without a text, a test message that carries the settings that worked',
    async () => (await import('./send.ts')).send,
  ),
  entry(
    'msmtprc from',
    '[ACCOUNT…]',
    'an msmtprc made from accounts',
    async () => (await import('./msmtprc-from.ts')).msmtprcFrom,
  ),
  entry(
    'msmtprc check',
    'FILE',
    'what msmtp would complain about, and what else is wrong',
    async () => (await import('./msmtprc.ts')).msmtprcCheck,
  ),
  entry(
    'msmtprc parse',
    'FILE',
    'the lines and accounts of an msmtprc',
    async () => (await import('./msmtprc.ts')).msmtprcParse,
  ),
  entry(
    'msmtprc pretend',
    'FILE',
    'the settings that msmtp would use',
    async () => (await import('./msmtprc.ts')).msmtprcPretend,
  ),
  entry('convert', 'FILE', 'settings from one format into another', async () => (await import('./convert.ts')).convert),
  entry(
    'formats',
    '',
    'configuration formats that can be read and written',
    async () => (await import('./formats.ts')).formats,
  ),
  entry(
    'explain',
    '[FILE|-]',
    'why something failed, from a pasted error, log, bounce or stack trace; no network',
    async () => (await import('./explain.ts')).explain,
  ),
  entry(
    'spf',
    '',
    'what SPF says about a sender and an address, term by term',
    async () => (await import('./spf.ts')).spf,
  ),
  entry(
    'domain',
    'DOMAIN | ADDRESS | --batch [FILE]',
    'what receivers see of a sending domain, and the records to publish',
    async () => (await import('./domain.ts')).domain,
  ),
  entry(
    'etrn',
    'HOST[:PORT] NODE|@DOMAIN|#QUEUE',
    'ask a server to start its queue for a node, a domain or a named queue (RFC 1985)',
    async () => (await import('./etrn.ts')).etrn,
  ),
  entry(
    'practice',
    '',
    'a mail server, a DNS server and an inbox on this machine to practise with',
    async () => (await import('./practice.ts')).practice,
  ),
  entry('ui', '', 'the same pages in a browser, on this machine only', async () => (await import('./ui.ts')).ui),
]

function entry(name: string, operands: string, summary: string, load: () => Promise<Command>): CommandEntry {
  return { name, operands, summary, load }
}

/** The command that the words name, and the words without its name; options may stand before it. */
export function findCommand(
  words: readonly string[],
): { readonly entry: CommandEntry; readonly rest: readonly string[] } | null {
  for (const [index, word] of words.entries()) {
    const entry = COMMANDS.find(({ name }) => name === word || name === `${word} ${words[index + 1] ?? ''}`)
    if (entry) return { entry, rest: [...words.slice(0, index), ...words.slice(index + entry.name.split(' ').length)] }
    // A group's name without one of its commands, or no command at all.
    if (!word.startsWith('-') && index === 0) return null
  }
  return null
}
