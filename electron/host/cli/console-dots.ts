import type { SignInEvidence } from '#shared/diagnosis/evidence.ts'
import { sealSecret } from '#engine/sasl/secret.ts'
import type { ConsoleSession } from '#engine/smtp/console-session.ts'
import type { CommandIo } from './command.ts'
import { givenSecret } from './given-secret.ts'

export const DOT_HELP: readonly string[] = [
  'Lines that begin with a dot are for the console itself, except in a message:',
  '  .starttls          says STARTTLS and turns TLS on;  .tls turns it on without a word, as other protocols want it',
  '  .auth [MECH] USER  signs in; the password is asked for, encoded and never shown',
  '  .safe on|off       whether what can send a message is refused',
  '  .quit              closes the connection;  .help shows this',
  'Behind DATA every line goes as it is typed, as in telnet: a single dot ends the message, and a line of it that',
  'begins with a dot needs a second one in front (RFC 5321 section 4.5.2), or the server takes the first away.',
]

export const DOT_COMMANDS: readonly string[] = [
  '.starttls',
  '.tls',
  '.auth ',
  '.safe on',
  '.safe off',
  '.quit',
  '.help',
]

/** What a dot command asks for; null for a line that is for the server. */
export function isDotCommand(line: string, session: ConsoleSession): boolean {
  return session.state.mode === 'commands' && /^\.[a-z]/i.test(line)
}

/** Carries out a dot command. @throws Problem of the session */
export async function runDot(line: string, session: ConsoleSession, io: CommandIo): Promise<void> {
  const [word = '', ...rest] = line.trim().split(/\s+/)
  switch (word.toLowerCase()) {
    case '.starttls':
      return session.startTls(true)
    case '.tls':
      return session.startTls(false)
    case '.quit':
      return session.close()
    case '.safe':
      if (rest[0] !== 'on' && rest[0] !== 'off') return io.note('.safe takes on or off')
      session.setSafe(rest[0] === 'on')
      return io.note(`safe mode is ${rest[0]}`)
    case '.auth':
      return signIn(rest, session, io)
    case '.help':
      for (const help of DOT_HELP) io.note(help)
      return
    default:
      io.note(`there is no ${word}; .help lists what there is`)
  }
}

async function signIn(words: readonly string[], session: ConsoleSession, io: CommandIo): Promise<void> {
  const user = words.at(-1)
  if (user === undefined || words.length > 2) return io.note('.auth takes [MECHANISM] USER')
  const secret = await givenSecret(io, `Password for ${user}`)
  if (secret === null) return io.note('no password was given; nothing was sent')
  const mechanism = words.length === 2 ? (words[0] ?? '').toUpperCase() : null
  const anyway = io.options['insecure'] === true
  const evidence = await session.signIn({ mechanism, user, secret: sealSecret(secret), anyway })
  const told = wordsOf(evidence)
  if (told !== null) io.note(told)
}

/** Null where the server's own reply says it. */
function wordsOf(evidence: SignInEvidence): string | null {
  switch (evidence.kind) {
    case 'accepted':
    case 'rejected':
      return null
    case 'withheld':
      return evidence.because === 'untrusted'
        ? 'the certificate is not trusted, so the password was not sent; --insecure sends it all the same'
        : 'the connection is not encrypted, so the password was not sent; .starttls first, or --insecure'
    case 'not-offered':
      return 'the server offers no sign-in here; nothing was sent'
    case 'no-shared-mechanism':
      if (evidence.offered.includes(evidence.wanted)) return `${evidence.wanted} is offered, and is not spoken here`
      return `the server does not offer ${evidence.wanted}; it offers ${evidence.offered.join(', ')}`
    case 'server-not-proved':
      return 'the server could not prove that it knows the password: it may be somebody else'
    case 'no-secret':
      return 'there is no password to sign in with'
    case 'no-reply':
      return `no answer came (${evidence.fault.detail ?? evidence.fault.cause})`
  }
}
