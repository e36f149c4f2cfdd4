import type { AccountSettings } from '#shared/account/account.ts'
import { entryOf, type FindingId } from '#shared/finding/catalogue.ts'
import type { FailureClass } from '#shared/finding/classes.ts'
import type { Judged } from '#shared/finding/judged.ts'
import { fillWords } from '#shared/finding/words.ts'
import type { Fix } from '#shared/fix/fix.ts'

/** Typing the secret again, where it is likely the wrong one. */
export function secretFixes(found: Judged, hint: string | null): readonly Fix[] {
  const advice = SECRET_ADVICE[found.id]
  return advice === undefined ? [] : [retype(advice ?? hint ?? BY_HAND)]
}

const BY_HAND = 'Type it by hand rather than pasting: a blank or a line end is easily copied along.'

/** null: what the provider calls it, or else how to type it. */
const SECRET_ADVICE: Readonly<Partial<Record<FindingId, string | null>>> = {
  'sign-in-refused': null,
  'sign-in-not-accepted': null,
  'sign-in-no-secret': null,
  'sign-in-wrong-kind-of-secret': null,
  'sign-in-needs-app-password': 'The app password, without the blanks that it is shown with.',
}

function retype(hint: string): Fix {
  return { kind: 'secret', id: 'type-secret', label: 'Type the password again', hint }
}

const MINUTE = 60
const HOUR = 3600

type Patience = { readonly seconds: number | null; readonly why: string }

const PATIENCE: Readonly<Partial<Record<FailureClass, Patience>>> = {
  greylisted: {
    seconds: 10 * MINUTE,
    why: 'The second try is accepted after a few minutes. Mail servers do that by themselves; a program that sends only once has to try again.',
  },
  'rate-limited-or-quota': {
    seconds: HOUR,
    why: 'The count starts anew after its span of time. Until then every further try counts as well.',
  },
  'greeting-rejected-rate-limited': {
    seconds: 15 * MINUTE,
    why: 'Close connections that are left open, and open fewer at once.',
  },
  'server-temporary-error': {
    seconds: 15 * MINUTE,
    why: 'The server says itself that it is temporary. If it lasts for hours, tell its administrator.',
  },
  'server-shutting-down-or-idle-timeout': {
    seconds: MINUTE,
    why: 'A server that was restarted is back within a minute. Then test again.',
  },
  'dns-temporary-failure': {
    seconds: MINUTE,
    why: 'A resolver that is overloaded or was restarted often answers a minute later.',
  },
  'policy-low-reputation': { seconds: 24 * HOUR, why: 'A reputation recovers over days of little and wanted mail.' },
  'recipient-mailbox-full': { seconds: null, why: 'Until the recipient has made room. Tell them by another way.' },
}

/** Nothing is known to be wrong there. */
const UNFINISHED: Readonly<Partial<Record<string, string>>> = {
  stopped: 'The test was stopped before it was over: nothing is known to be wrong.',
  'out-of-time': 'There was no time left for it: a longer time limit gives it one.',
  unknown: 'A DNS that does not answer now often does a minute later.',
}

/** Where time heals. */
export function waitFixes(found: Judged): readonly Fix[] {
  const unfinished = UNFINISHED[found.id.slice(found.step.length + 1)]
  if (unfinished !== undefined && found.class === null) {
    return [{ kind: 'wait', id: 'again', label: 'Test again', seconds: null, why: unfinished }]
  }
  const patience = found.class === null ? undefined : PATIENCE[found.class]
  if (!patience) return []
  const seconds = patience.seconds === null ? null : (secondsIn(found) ?? patience.seconds)
  return [{ kind: 'wait', id: 'wait', label: 'Wait, then try again', seconds, why: patience.why }]
}

/** "greylisted for 60 seconds", "try again in 5 minutes": what the server itself says. */
function secondsIn(found: Judged): number | null {
  const said = /\b(\d{1,5}) (second|minute|hour)s?\b/i.exec(found.evidence.join(' '))
  if (!said) return null
  const unit = { second: 1, minute: MINUTE, hour: HOUR }[said[2]?.toLowerCase() ?? ''] ?? 1
  return Math.min(Number(said[1]) * unit, 7 * 24 * HOUR)
}

/** Who has to act, where it is not the person at this program. */
const WHOM: readonly (readonly [prefix: string, whom: string])[] = [
  ['resolve-resolver', 'the administrator of your network'],
  ['resolve-', 'whoever gave you the name of the mail server'],
  ['connect-port-25', 'your internet or hosting provider'],
  ['connect-not-permitted', 'the administrator of this machine'],
  ['connect-family', 'the administrator of your network'],
  ['connect-unreachable', 'the administrator of your network'],
  ['connect-', 'the administrator of the mail server'],
  ['encrypt-certificate-intercepted', 'the administrator of your network'],
  ['encrypt-starttls-stripped', 'the administrator of your network'],
  ['deliver-recipient-', 'the recipient, by another way'],
  ['deliver-blocklist-misread', "the recipient's administrator"],
  ['deliver-content', 'the maker of the program that wrote the message'],
  ['deliver-from-header', 'the maker of the program that wrote the message'],
  ['deliver-spf', 'the administrator of your domain'],
  ['deliver-dkim', 'the administrator of your domain'],
  ['deliver-dmarc', 'the administrator of your domain'],
  ['deliver-ptr', 'the hosting provider of the sending server'],
  ['domain-ptr', 'the hosting provider of the sending server'],
  ['domain-ehlo', 'the hosting provider of the sending server'],
  ['domain-greeting', 'the administrator of the mail server'],
  ['domain-', 'the administrator of your domain'],
  ['', 'the administrator of the mail server'],
]

/** A ready text with the facts, for somebody else. Settings without secrets; addresses as they are. */
export function askFix(found: Judged, account: AccountSettings): Fix {
  const whom = WHOM.find(([prefix]) => found.id.startsWith(prefix))?.[1] ?? 'the administrator of the mail server'
  const { title, why } = entryOf(found.id)
  const text = [
    'Hello,',
    '',
    `${concern(found, account)}:`,
    `${fillWords(title, found.facts)}. ${fillWords(why, found.facts)}`,
    ...(found.evidence.length === 0
      ? []
      : ['', 'What was seen:', ...found.evidence.slice(0, 12).map(line => `  ${line}`)]),
    '',
    'Could you please look into it?',
  ]
  return { kind: 'ask', id: 'ask', label: `Ask ${whom}`, text: text.join('\n') }
}

/** What the letter is about: a warning, or what is no failure, must not claim that mail fails. */
function concern({ severity, class: means }: Judged, account: AccountSettings): string {
  const server = account.socket ?? account.host
  // Where the port was neither set nor read, the usual one would be a guess that the reader takes for a fact.
  const port = account.port === null ? '' : `, port ${account.port},`
  const sending = server === '' ? 'sending mail' : `sending mail through ${server}${port}`
  if (severity === 'error' && means !== null) return `${sending} fails`
  const works = `${sending} works as far as it was tested`
  return severity !== 'info' ? `${works}, but something is not right` : `${works}, and this was noticed`
}
