import { hostname } from 'node:os'
import { portOf } from '#shared/account/port-of.ts'
import type { Account } from '#shared/account/account.ts'
import { stepWith } from '#shared/diagnosis/step-with.ts'
import type { Step, StepId } from '#shared/diagnosis/step.ts'
import type { RawMessage, SoFar } from '#engine/diagnosis/diagnosis.ts'
import { composeMessage } from '#engine/message/compose.ts'

export type TestMessage = SoFar & {
  readonly from: string
  readonly fromName: string | null
  readonly to: readonly string[]
  readonly now: Date
}

type Row = readonly [what: string, value: string]

/** The message of "Send test email": it carries the settings that worked, so that its reader can write them down. */
export function composeTestMessage({ account, steps, from, fromName, to, now }: TestMessage): Promise<RawMessage> {
  const settings = settingsThatWorked(account, steps)
  const times = timesOf(steps)
  return composeMessage({
    from,
    fromName,
    to,
    subject: `Test message from Mailwright: ${account.name} works`,
    date: now,
    text: printText(settings, times, now),
    html: printHtml(settings, times, now),
    // RFC 3834 section 5: no vacation notice should answer this.
    headers: [{ name: 'Auto-Submitted', value: 'auto-generated' }],
  })
}

function settingsThatWorked(account: Account, steps: readonly Step[]): readonly Row[] {
  const connected = stepWith(steps, 'connect')?.evidence
  const encrypted = stepWith(steps, 'encrypt')?.evidence
  const signedIn = stepWith(steps, 'sign-in')?.evidence
  const place: Row = account.socket === null ? ['Server', account.host] : ['Socket', account.socket]
  return [
    ['Account', account.name],
    place,
    ...(account.socket === null ? [['Port', String(portOf(account))] as const] : []),
    ...(connected?.kind === 'connected' && connected.address !== account.host
      ? [['Address', connected.address] as const]
      : []),
    ['Encryption', SECURITY[account.security]],
    ...(encrypted?.kind === 'encrypted'
      ? ([
          ['TLS version', encrypted.tls.protocol ?? 'unknown'],
          ['Cipher', encrypted.tls.cipher ?? 'unknown'],
          ['Certificate', encrypted.tls.trusted ? 'trusted' : `not trusted: ${encrypted.tls.reason ?? ''}`],
        ] as const)
      : []),
    ...(signedIn?.kind === 'accepted'
      ? ([
          ['User name', account.user ?? ''],
          ['Sign-in method', signedIn.mechanism],
        ] as const)
      : [['Sign-in', 'none'] as const]),
    ['Sent from', hostname()],
  ]
}

const SECURITY = { none: 'none', starttls: 'STARTTLS', tls: 'TLS from the start' } as const

const STEP_NAMES: Readonly<Record<StepId, string>> = {
  resolve: 'Resolve the name',
  connect: 'Connect',
  encrypt: 'Encrypt',
  'sign-in': 'Sign in',
  deliver: 'Deliver',
  domain: 'Look up the domain',
}

function timesOf(steps: readonly Step[]): readonly Row[] {
  return steps.flatMap(({ id, ms }) => (ms === null ? [] : [[STEP_NAMES[id], `${Math.round(ms)} ms`] as const]))
}

const INTRODUCTION =
  'This message was sent by Mailwright to see whether outgoing mail works. It does: you are reading it.'

function printText(settings: readonly Row[], times: readonly Row[], now: Date): string {
  const width = Math.max(...[...settings, ...times].map(([what]) => what.length)) + 2
  const list = (rows: readonly Row[]) => rows.map(([what, value]) => `  ${what.padEnd(width)}${value}`).join('\n')
  return [
    INTRODUCTION,
    '',
    'The settings that worked',
    list(settings),
    '',
    'The time each step took',
    list(times),
    '',
    now.toISOString(),
    '',
  ].join('\n')
}

function printHtml(settings: readonly Row[], times: readonly Row[], now: Date): string {
  const table = (title: string, rows: readonly Row[]) =>
    `<h2 style="font-size:16px">${title}</h2>\n<table>\n${rows
      .map(([what, value]) => `<tr><th align="left">${escapeHtml(what)}</th><td>${escapeHtml(value)}</td></tr>`)
      .join('\n')}\n</table>`
  return [
    '<!DOCTYPE html>',
    '<html lang="en"><head><meta charset="utf-8"><title>Test message from Mailwright</title></head>',
    '<body style="font-family:sans-serif">',
    `<p>${INTRODUCTION}</p>`,
    table('The settings that worked', settings),
    table('The time each step took', times),
    `<p>${now.toISOString()}</p>`,
    '</body></html>',
    '',
  ].join('\n')
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}
