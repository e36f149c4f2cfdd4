import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccountChange, Security } from '#shared/account/account.ts'
import { RunInput } from '#shared/contract/run.ts'
import type { PracticeStatus } from '#shared/contract/practice.ts'
import type { FailureClass } from '#shared/finding/classes.ts'
import type { Report } from '#shared/report/report.ts'
import { verdictOf } from '#shared/report/report.ts'
import { createServices, type Services } from '#host/compose.ts'
import { practiceFaults } from '#service/practice/faults.ts'
import { collect, reportIn } from '../support/services.ts'

type Case = {
  /** The class of the first finding; null: a finding that is no failure. */
  readonly means: FailureClass | null
  /** The way in; STARTTLS where absent. */
  readonly via?: Security
  /** What the account has beside what a practice account has. */
  readonly change?: AccountChange
  /** Where the fault shows only with a message that is really sent. */
  readonly send?: true
  readonly to?: string
  /** The host by its name, looked up at the practice DNS server. */
  readonly byName?: true
  readonly token?: true
  readonly timeoutMs?: number
  /** Why no first settings fix can make the next run pass. */
  readonly noCure?: string
}

const REFUSES_EVERYTHING = 'the fault refuses every message, whatever its From line is'

/** Each practice fault with the account that meets it, and what its cause is called. */
const CASES: Readonly<Record<string, Case>> = {
  'refuse-connection': { means: 'connect-refused' },
  'close-at-once': { means: 'greeting-rejected-ip-blocklisted' },
  'not-smtp': { means: 'client-config-invalid' },
  'imap-instead': { means: 'client-config-invalid', via: 'tls' },
  'host-not-found': { means: 'dns-host-not-found', byName: true },
  'unreachable-family': { means: 'connect-network-unreachable-ipv6', byName: true },
  'dns-silent': { means: 'dns-temporary-failure', byName: true, timeoutMs: 3_000 },
  'dns-servfail': { means: 'dns-temporary-failure', byName: true },
  silence: { means: 'greeting-timeout', timeoutMs: 2_000 },
  'slow-greeting': { means: 'greeting-timeout' },
  'greeting-421': { means: 'greeting-rejected-rate-limited' },
  'greeting-554': { means: 'greeting-rejected-ip-blocklisted', via: 'tls' },
  'ehlo-refused': { means: 'starttls-not-offered' },
  'helo-name-rejected': { means: 'helo-name-rejected' },
  'helo-name-rejected-late': { means: 'helo-name-rejected' },
  'no-starttls': { means: 'starttls-not-offered' },
  'strip-starttls': { means: 'antivirus-or-firewall-interception' },
  'starttls-required': { means: 'starttls-required', via: 'none' },
  'starttls-broken': { means: 'starttls-advertised-but-broken' },
  'starttls-garbage': { means: 'starttls-advertised-but-broken' },
  'inject-behind-starttls': { means: null },
  'plaintext-on-tls-port': { means: 'tls-implicit-on-starttls-port', via: 'tls' },
  'tls-on-plain-port': { means: 'starttls-on-implicit-port' },
  'tls-too-old': { means: 'tls-protocol-too-old' },
  'no-shared-cipher': { means: 'tls-no-shared-cipher-or-weak-dh' },
  'client-certificate-required': { means: 'client-config-invalid' },
  'expired-certificate': { means: 'tls-cert-expired' },
  'not-yet-valid-certificate': { means: 'tls-cert-expired' },
  'self-signed-certificate': { means: 'tls-cert-self-signed' },
  'wrong-name-certificate': { means: 'tls-cert-name-mismatch' },
  'unknown-issuer': { means: 'tls-cert-unknown-issuer' },
  'incomplete-chain': { means: 'tls-cert-unknown-issuer' },
  'intercepted-certificate': { means: 'antivirus-or-firewall-interception' },
  'weak-key-certificate': { means: 'tls-no-shared-cipher-or-weak-dh' },
  'refuse-password': { means: 'auth-bad-credentials' },
  'app-password-needed': { means: 'auth-app-password-needed' },
  'tenant-disabled': { means: 'auth-basic-disabled-by-tenant' },
  'basic-auth-disabled': { means: 'auth-basic-disabled-by-tenant' },
  'account-locked': { means: 'auth-account-locked-or-blocked' },
  'too-many-logins': { means: 'rate-limited-or-quota' },
  'auth-temporary-error': { means: 'server-temporary-error' },
  'oauth-token-expired': { means: 'auth-oauth-token-expired-or-invalid', change: { auth: 'xoauth2' }, token: true },
  'no-auth': { means: 'auth-not-offered' },
  'auth-mechanism-unsupported': { means: 'auth-mechanism-unsupported' },
  'auth-needs-encryption': {
    means: 'auth-plaintext-over-insecure-refused',
    via: 'none',
    change: { auth: 'plain', user: 'practice@practice.test', secret: { kind: 'prompt' }, allowPlaintextSignIn: true },
  },
  'drop-in-auth': { means: 'server-shutting-down-or-idle-timeout' },
  'auth-required': { means: 'auth-required', via: 'none' },
  'refuse-sender': { means: 'sender-not-allowed-for-user' },
  'sender-not-owned': { means: 'sender-not-allowed-for-user', change: { from: 'somebody@practice.test' } },
  'sender-not-verified': { means: 'sender-not-verified' },
  'sender-domain-not-found': { means: 'sender-domain-not-found' },
  'rate-limited': { means: 'rate-limited-or-quota' },
  'daily-quota': { means: 'rate-limited-or-quota' },
  'account-suspended': { means: 'account-suspended-or-billing' },
  'temporary-error': { means: 'server-temporary-error' },
  'server-shutting-down': { means: 'server-shutting-down-or-idle-timeout' },
  'dsn-unsupported': { means: 'dsn-unsupported', change: { dsnNotify: 'failure' } },
  'smtputf8-unsupported': { means: 'protocol-smtputf8-unsupported', to: 'jürgen@practice.test' },
  'refuse-recipient': { means: 'recipient-unknown' },
  'recipient-domain-not-found': { means: 'recipient-domain-not-found' },
  'recipient-syntax': { means: 'recipient-syntax' },
  'relay-denied': { means: 'relay-denied', via: 'none' },
  greylist: { means: 'greylisted' },
  'mailbox-full': { means: 'recipient-mailbox-full' },
  sandbox: { means: 'sandbox-mode' },
  'too-large': { means: 'message-too-large', send: true },
  'data-refused': { means: 'unknown', send: true },
  'content-spam': { means: 'content-rejected-spam', send: true },
  'content-virus': { means: 'content-rejected-spam', send: true },
  'content-malformed': { means: 'content-malformed', send: true },
  'from-header-missing': { means: 'policy-from-header', send: true, noCure: REFUSES_EVERYTHING },
  'send-as-denied': { means: 'sender-not-allowed-for-user', send: true },
  'mail-loop': { means: 'mail-loop', send: true },
  'insufficient-storage': { means: 'server-temporary-error', send: true },
  'recipient-over-tls-only': { means: 'policy-tls-required-by-recipient', send: true },
  'drop-in-data': { means: 'server-shutting-down-or-idle-timeout', send: true },
  'drop-after-data': { means: 'server-shutting-down-or-idle-timeout', send: true },
  'dmarc-reject': { means: 'policy-dmarc-fail', send: true },
  'spf-reject': { means: 'policy-spf-fail', send: true },
  'dkim-reject': { means: 'policy-dkim-fail', send: true },
  'ptr-required': { means: 'policy-ptr-missing', send: true },
  'ip-blocklisted': { means: 'policy-ip-blocklisted', send: true },
  'blocklist-broken': { means: 'recipient-dnsbl-misconfigured', send: true },
  'low-reputation': { means: 'policy-low-reputation', send: true },
  'no-spf': { means: 'policy-spf-fail' },
  'two-spf': { means: 'policy-spf-fail' },
  'no-dmarc': { means: 'policy-dmarc-fail' },
  'two-dmarc': { means: 'policy-dmarc-fail' },
  'no-ptr': { means: 'policy-ptr-missing', via: 'none' },
  'ptr-mismatch': { means: 'policy-ptr-missing', via: 'none' },
}

describe('a practice fault is diagnosed, and its first settings fix cures', () => {
  let services: Services
  let practice: PracticeStatus
  const bugs: string[] = []
  const home = mkdtempSync(join(tmpdir(), 'mailwright-test-'))

  beforeAll(async () => {
    services = await createServices({
      door: 'cli',
      env: { HOME: home, MAILWRIGHT_HOME: home },
      log: line => bugs.push(line),
    })
    practice = await services.client.practice.start()
  })
  afterAll(async () => {
    await services.close()
    rmSync(home, { recursive: true, force: true })
    expect(bugs).toEqual([])
  })

  async function accountFor({ via = 'starttls', change = {}, byName }: Case): Promise<string> {
    const endpoint = practice.smtp.find(({ security }) => security === via) ?? null
    const { account } = await services.client.practice.createAccount({ endpoint })
    const host = byName ? { host: `mail.${practice.domain}` } : {}
    await services.client.accounts.update({ id: account.id, change: { ...host, ...change } })
    return account.id
  }

  async function runAccount(id: string, { send, to, byName, token, timeoutMs = 10_000 }: Case): Promise<Report> {
    const { dns } = practice
    const input = RunInput.parse({
      target: { kind: 'saved', id, ...(token && { secret: { kind: 'set', value: 'a-token-that-has-expired' } }) },
      purpose: send ? 'send' : 'test',
      sendTo: to ?? (send ? 'anna@practice.test' : null),
      options: { timeoutMs, ...(byName && { resolver: `${dns?.host}:${dns?.port}` }) },
    })
    return reportIn(await collect(await services.client.runs.run(input)))
  }

  test.for(practiceFaults().map(({ id }) => id))('%s', async id => {
    const case_ = CASES[id]
    if (!case_) throw new Error(`the practice fault ${id} has no case`)
    const account = await accountFor(case_)
    await services.client.practice.setFaults({ active: [id] })
    const report = await runAccount(account, case_)
    const [first] = report.findings
    expect(first?.class, JSON.stringify(report.findings.map(found => found.id))).toBe(case_.means)
    expect(first?.severity).not.toBe('info')
    expect(first?.evidence).not.toEqual([])
    expect(first?.fixes).not.toEqual([])
    const cure = first?.fixes[0]
    if (cure?.kind !== 'settings') return
    await services.client.accounts.update({ id: account, change: cure.change })
    const again = await runAccount(account, case_)
    const cured = verdictOf(again) === 'works' && !again.findings.some(found => found.id === first?.id)
    expect(cured, `${cure.label}: ${again.findings.map(found => found.title).join('; ')}`).toBe(
      case_.noCure === undefined,
    )
  })
})
