import { presetById, presetForDomain, presetForHost } from '#shared/account/find-preset.ts'
import type { AccountSettings } from '#shared/account/account.ts'
import { portOf } from '#shared/account/port-of.ts'
import type { Evidence, Fact } from '#shared/account/preset.ts'

/** What becomes of a message's identities on its way out through a provider. */
export type SenderPath = {
  readonly provider: { readonly id: string; readonly name: string } | null
  /**
   * `as-sent`: the address that the program gives is the one that receivers see. `provider`: the provider puts a domain of
   * its own there until one of yours is set up with it.
   */
  readonly mailFrom: { readonly kind: 'as-sent' | 'unknown' } | { readonly kind: 'provider'; readonly domain: string }
  /**
   * `yours`: it signs for the From domain without being told. `when-set-up`: for your domain once that is set up there,
   * until then as `domain`, where that is known. `self`: nobody signs unless this server does.
   */
  readonly dkim:
    { readonly kind: 'yours' | 'self' | 'unknown' } | { readonly kind: 'when-set-up'; readonly domain: string | null }
  readonly selectors: readonly string[]
  /** What the SPF record includes for it; null where nothing is known or nothing is needed. */
  readonly include: string | null
  readonly source: Fact | null
}

type Known = Pick<SenderPath, 'mailFrom' | 'dkim'> & {
  readonly text: string
  readonly evidence: Evidence
  readonly url: string | null
}

const own = (domain: string) => ({ kind: 'provider', domain }) as const
const whenSetUp = (domain: string | null) => ({ kind: 'when-set-up', domain }) as const
const AS_SENT = { kind: 'as-sent' } as const

const GOOGLE: Known = {
  mailFrom: AS_SENT,
  dkim: whenSetUp('gappssmtp.com'),
  text: 'without a DKIM key of your own Google signs as gappssmtp.com',
  evidence: 'provider documentation',
  url: 'https://support.google.com/a/answer/174124',
}

const KNOWN: Readonly<Record<string, Known>> = {
  'amazon-ses': {
    mailFrom: own('amazonses.com'),
    dkim: whenSetUp('amazonses.com'),
    text: 'SES puts a subdomain of amazonses.com in MAIL FROM unless a MAIL FROM domain of your own is set up',
    evidence: 'provider documentation',
    url: 'https://docs.aws.amazon.com/ses/latest/dg/mail-from.html',
  },
  gmail: GOOGLE,
  'google-workspace-relay': GOOGLE,
  'microsoft-365': {
    mailFrom: AS_SENT,
    dkim: whenSetUp('onmicrosoft.com'),
    text: 'until DKIM is turned on for your domain, Microsoft 365 signs as the onmicrosoft.com domain of the tenant',
    evidence: 'provider documentation',
    url: 'https://learn.microsoft.com/defender-office-365/email-authentication-dkim-configure',
  },
  postmark: unsure(own('pm.mtasv.net'), 'Postmark uses its own return path unless a custom one is set up'),
  sendgrid: unsure(own('sendgrid.net'), 'SendGrid uses its own return path until domain authentication is set up'),
  brevo: unsure({ kind: 'unknown' }, 'Brevo signs for your domain once it is authenticated there'),
  mailgun: unsure(AS_SENT, 'Mailgun uses the sending domain that is set up there as the return path'),
  resend: unsure(AS_SENT, 'Resend uses a subdomain of the verified domain as the return path'),
  'postfix-local': {
    mailFrom: AS_SENT,
    dkim: { kind: 'self' },
    text: 'Postfix signs only with a filter such as OpenDKIM or rspamd',
    evidence: 'general knowledge',
    url: null,
  },
}

/** @param fromDomain lower case */
export function senderPathOf(account: Pick<AccountSettings, 'provider' | 'host'>, fromDomain: string): SenderPath {
  const preset =
    (account.provider === null ? null : presetById(account.provider)) ?? presetForHost(account.host)?.preset ?? null
  if (preset === null) return { ...NO_PATH, mailFrom: AS_SENT }
  const { id, name, dkimSelectors: selectors, spfInclude: include } = preset
  const base = { provider: { id, name }, selectors, include }
  if (presetForDomain(fromDomain)?.preset.id === id && preset.domains.includes(fromDomain)) {
    return { ...base, mailFrom: AS_SENT, dkim: { kind: 'yours' }, source: null }
  }
  const known = KNOWN[id]
  if (known === undefined) return { ...base, mailFrom: AS_SENT, dkim: whenSetUp(null), source: null }
  const { mailFrom, dkim, text, evidence, url } = known
  // With the provider's own domain in MAIL FROM, an include in the From domain's record is never looked at.
  const needed = mailFrom.kind === 'provider' ? null : include
  return { ...base, include: needed, mailFrom, dkim, source: { text, evidence, url } }
}

/** Without signing in, on the port between servers: receivers see the machine that runs this program. */
export function deliversItself(account: Pick<AccountSettings, 'auth' | 'provider' | 'port' | 'security'>): boolean {
  return account.auth === 'none' && (account.provider === 'practice' || portOf(account) === 25)
}

/** Nothing is known of how the mail goes out. */
export const NO_PATH: SenderPath = {
  provider: null,
  mailFrom: AS_SENT,
  dkim: { kind: 'unknown' },
  selectors: [],
  include: null,
  source: null,
}

function unsure(mailFrom: SenderPath['mailFrom'], text: string): Known {
  return { mailFrom, dkim: whenSetUp(null), text, evidence: 'general knowledge', url: null }
}
