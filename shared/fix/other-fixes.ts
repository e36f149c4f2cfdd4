import { portOf, type AccountSettings } from '#shared/account/account.ts'
import { entryOf } from '#shared/finding/catalogue.ts'
import type { Judged } from '#shared/finding/judged.ts'
import { fillWords } from '#shared/finding/words.ts'
import type { Fix } from '#shared/fix/fix.ts'

/** Typing the secret again, where it is likely the wrong one. */
export function secretFixes(found: Judged, hint: string | null): readonly Fix[] {
  switch (found.id) {
    case 'sign-in-refused':
    case 'sign-in-not-accepted':
    case 'sign-in-no-secret':
      return [retype(hint ?? 'Type it by hand rather than pasting: a blank or a line end is easily copied along.')]
    case 'sign-in-needs-app-password':
      return [retype('The app password, without the blanks that it is shown with.')]
    case 'sign-in-wrong-kind-of-secret':
      return [retype(hint ?? 'The secret that the provider made for sending.')]
    default:
      return []
  }
}

function retype(hint: string): Fix {
  return { kind: 'secret', id: 'type-secret', label: 'Type the password again', hint }
}

const HOUR = 3600

/** Where time heals. */
export function waitFixes(found: Judged): readonly Fix[] {
  switch (found.class) {
    case 'greylisted':
      return [
        wait(
          secondsIn(found) ?? 600,
          'The second try is accepted after a few minutes. Mail servers do that by themselves; a program that sends only once has to try again.',
        ),
      ]
    case 'rate-limited-or-quota':
      return [
        wait(
          secondsIn(found) ?? HOUR,
          'The count starts anew after its span of time. Until then every further try counts as well.',
        ),
      ]
    case 'greeting-rejected-rate-limited':
      return [wait(secondsIn(found) ?? 900, 'Close connections that are left open, and open fewer at once.')]
    case 'server-temporary-error':
      return [
        wait(
          secondsIn(found) ?? 900,
          'The server says itself that it is temporary. If it lasts for hours, tell its administrator.',
        ),
      ]
    case 'server-shutting-down-or-idle-timeout':
      return [wait(60, 'A server that was restarted is back within a minute. Then test again.')]
    case 'dns-temporary-failure':
      return [wait(60, 'A resolver that is overloaded or was restarted often answers a minute later.')]
    case 'policy-low-reputation':
      return [wait(24 * HOUR, 'A reputation recovers over days of little and wanted mail.')]
    case 'recipient-mailbox-full':
      return [wait(null, 'Until the recipient has made room. Tell them by another way.')]
    default:
      return []
  }
}

function wait(seconds: number | null, why: string): Fix {
  return { kind: 'wait', id: 'wait', label: 'Wait, then try again', seconds, why }
}

/** "greylisted for 60 seconds", "try again in 5 minutes": what the server itself says. */
function secondsIn(found: Judged): number | null {
  const said = /\b(\d{1,5}) (second|minute|hour)s?\b/i.exec(found.evidence.join(' '))
  if (!said) return null
  const unit = { second: 1, minute: 60, hour: HOUR }[said[2]?.toLowerCase() ?? ''] ?? 1
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
  ['domain-', 'the administrator of your domain'],
  ['', 'the administrator of the mail server'],
]

/** A ready text with the facts, for somebody else. Settings without secrets; addresses as they are. */
export function askFix(found: Judged, account: AccountSettings): Fix {
  const whom = WHOM.find(([prefix]) => found.id.startsWith(prefix))?.[1] ?? 'the administrator of the mail server'
  const { title, why } = entryOf(found.id)
  const server = account.socket ?? account.host
  const text = [
    'Hello,',
    '',
    server === '' ? 'sending mail fails:' : `sending mail through ${server}, port ${portOf(account)}, fails:`,
    `${fillWords(title, found.facts)}. ${fillWords(why, found.facts)}`,
    ...(found.evidence.length === 0
      ? []
      : ['', 'What was seen:', ...found.evidence.slice(0, 12).map(line => `  ${line}`)]),
    '',
    'Could you please look into it?',
  ]
  return { kind: 'ask', id: 'ask', label: `Ask ${whom}`, text: text.join('\n') }
}
