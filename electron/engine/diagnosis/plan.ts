import { domainToASCII } from 'node:url'
import { portOf } from '#shared/account/port-of.ts'
import type { Account, Security } from '#shared/account/account.ts'
import type { Family } from '#shared/diagnosis/evidence.ts'
import type { SkipReason, StepId } from '#shared/diagnosis/step.ts'
import type { DiagnosisInput, DiagnosisOptions } from '#engine/diagnosis/diagnosis.ts'

/** Where to connect, without having looked anything up. */
export type Place =
  | { readonly kind: 'host'; readonly host: string; readonly port: number; readonly sourceIp: string | null }
  | {
      readonly kind: 'proxy'
      readonly proxy: { readonly host: string; readonly port: number }
      readonly host: string
      readonly port: number
    }
  | { readonly kind: 'socket'; readonly path: string }

export type Plan = {
  readonly place: Place
  readonly family: Family | null
  readonly protocol: 'smtp' | 'lmtp'
  readonly security: Security
  /** What the certificate must be for, and what SNI says. */
  readonly certificateHost: string
  readonly port: number
  /** Null: found from the computer's name once connected. */
  readonly ehlo: string | null
  /** Go on although the certificate is not trusted. */
  readonly goOnUntrusted: boolean
  /** Send the secret although the certificate is not trusted: only the account may say so. */
  readonly credentialsToUntrusted: boolean
  /** Empty: the null reverse-path. */
  readonly mailFrom: string
  readonly rcptTo: readonly string[]
  /** Of the sender, for the domain step. */
  readonly domain: string | null
  /** Steps that are not run, whatever the others say. */
  readonly skipped: ReadonlyMap<StepId, SkipReason>
}

/** What a run will do, from what was asked: no network, no clock. */
export function planRun(
  input: DiagnosisInput,
  options: Pick<DiagnosisOptions, 'insecure' | 'family' | 'ehlo' | 'domainLookup'>,
): Plan {
  const { account } = input
  const mailFrom = input.mailFrom ?? senderOf(account)
  const rcptTo = input.sendTo.length > 0 ? input.sendTo : mailFrom === '' ? [] : [mailFrom]
  const domain = domainOf(mailFrom)
  const skipped = new Map<StepId, SkipReason>()
  if (!signsIn(account)) skipped.set('sign-in', 'no-sign-in')
  if (rcptTo.length === 0) skipped.set('deliver', 'not-asked')
  if (options.domainLookup === undefined) skipped.set('domain', 'not-available')
  else if (domain === null) skipped.set('domain', 'not-asked')
  return {
    place: placeOf(account),
    family: options.family ?? familyOf(account),
    protocol: account.protocol,
    security: account.security,
    certificateHost: asciiHost(account.hostOverride ?? account.host),
    port: portOf(account),
    ehlo: options.ehlo ?? account.ehlo,
    goOnUntrusted: !account.verifyCertificate || options.insecure === true,
    credentialsToUntrusted: !account.verifyCertificate,
    mailFrom,
    rcptTo,
    domain,
    skipped,
  }
}

function placeOf(account: Account): Place {
  const { socket, proxy, sourceIp } = account
  const host = asciiHost(account.host)
  if (socket !== null) return { kind: 'socket', path: socket }
  const port = portOf(account)
  return proxy === null ? { kind: 'host', host, port, sourceIp } : { kind: 'proxy', proxy, host, port }
}

// DNS, SNI and certificates know a name outside ASCII by its A-labels (RFC 5890).
function asciiHost(host: string): string {
  if (!/[^\u0000-\u007f]/.test(host)) return host
  const ascii = domainToASCII(host)
  return ascii === '' ? host : ascii
}

function familyOf(account: Account): Family | null {
  // A source address can only reach addresses of its own family.
  if (account.sourceIp !== null) return account.sourceIp.includes(':') ? 6 : 4
  switch (account.ipFamily) {
    case 'any':
      return null
    case '4':
      return 4
    case '6':
      return 6
  }
}

/** An account without a user has nothing to sign in with; EXTERNAL and GSSAPI take the user from elsewhere. */
function signsIn(account: Account): boolean {
  if (account.auth === 'none') return false
  return account.user !== null || account.auth !== 'auto'
}

/** The envelope sender: the account's address, else its user where that is one. Patterns of msmtp (`*@lab.test`) are none. */
function senderOf(account: Account): string {
  const candidates = [account.from, account.user]
  return candidates.find(each => each !== null && /^[^@*?[\]\s<>]+@[^@*?\s<>]+$/.test(each)) ?? ''
}

function domainOf(address: string): string | null {
  const at = address.lastIndexOf('@')
  return at < 0 ? null : address.slice(at + 1).toLowerCase()
}
