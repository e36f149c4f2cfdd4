import { AccountSettings } from '#shared/account/account.ts'
import type { TlsFacts } from '#shared/diagnosis/tls-facts.ts'
import type { Step, StepId } from '#shared/diagnosis/step.ts'
import { judge } from '#shared/finding/judge.ts'
import { present } from '#shared/finding/present.ts'
import { NO_CAPABILITIES } from '#shared/smtp/parse-capabilities.ts'
import type { Capabilities } from '#shared/smtp/capabilities.ts'
import { parseReply } from '#shared/smtp/reply-text.ts'
import type { Reply } from '#shared/smtp/reply.ts'

export const STARTED_AT = '2026-11-01T00:00:00.000Z'

export function settings(changed: Partial<AccountSettings> = {}): AccountSettings {
  return AccountSettings.parse({
    host: 'mail.example.com',
    port: 587,
    security: 'starttls',
    user: 'ann@example.com',
    from: 'ann@example.com',
    ...changed,
  })
}

export function reply(...lines: string[]): Reply {
  const parsed = parseReply(lines)
  if (!parsed.ok) throw new Error(`no reply: ${lines.join(' ')}`)
  return parsed.value
}

export function failedStep<Id extends StepId>(
  id: Id,
  evidence: NonNullable<Extract<Step, { id: Id; state: 'failed' }>['evidence']>,
): Step {
  // The id and the evidence were checked together by the parameter's type; the union forgets that they belong together.
  return { id, state: 'failed', startedAt: STARTED_AT, ms: 5, evidence } as Step
}

export function doneStep<Id extends StepId>(
  id: Id,
  evidence: NonNullable<Extract<Step, { id: Id; state: 'done' }>['evidence']>,
): Step {
  // As above.
  return { id, state: 'done', startedAt: STARTED_AT, ms: 5, evidence } as Step
}

export function offering(...auth: string[]): Capabilities {
  return { ...NO_CAPABILITIES, auth, starttls: true, lines: ['250-mx', `250 AUTH ${auth.join(' ')}`] }
}

export function tls(changed: Partial<TlsFacts> = {}): TlsFacts {
  return {
    protocol: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    trusted: true,
    reason: null,
    distrust: null,
    chain: [
      {
        subject: 'CN=mail.example.net',
        issuer: 'C=US,O=Test Trust,CN=R1',
        altNames: ['DNS:mail.example.net', 'DNS:smtp.example.net'],
        notBefore: '2026-06-01T00:00:00.000Z',
        notAfter: '2027-06-01T00:00:00.000Z',
        serial: '01',
        sha256: 'AA:BB',
        sha1: 'CC:DD',
        keyType: 'EC',
        keyBits: 256,
        signature: 'ecdsa-with-SHA256',
      },
    ],
    ...changed,
  }
}

/** The ids that these steps are judged as, in order. A finding that proves nothing, or offers nothing to do, is a fault. */
export function idsOf(steps: readonly Step[], changed: Partial<AccountSettings> = {}) {
  const run = { account: settings(changed), steps }
  const found = judge(run)
  for (const { id, evidence, fixes } of present(found, run)) {
    if (evidence.length === 0) throw new Error(`${id} shows no evidence`)
    if (fixes.length === 0) throw new Error(`${id} offers nothing to do`)
  }
  return found.map(({ id }) => id)
}
