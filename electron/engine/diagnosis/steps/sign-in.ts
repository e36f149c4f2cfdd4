import { TLSSocket } from 'node:tls'
import type { Account } from '#shared/account/account.ts'
import type { SignInEvidence } from '#shared/diagnosis/evidence.ts'
import type { Capabilities } from '#shared/smtp/capabilities.ts'
import type { SuppliedSecret } from '#engine/diagnosis/diagnosis.ts'
import type { Plan } from '#engine/diagnosis/plan.ts'
import type { StepOutcome } from '#engine/diagnosis/step-outcome.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { beginExchange, secretTraces } from '#engine/sasl/begin.ts'
import { chooseMechanism } from '#engine/sasl/choose.ts'
import { sealSecret } from '#engine/sasl/secret.ts'
import { authenticate } from '#engine/smtp/authenticate.ts'
import type { SmtpSession } from '#engine/smtp/session.ts'
import { channelBindingOf } from '#engine/tls/channel-binding.ts'

type Offer = {
  /** Of the EHLO that counts: behind TLS, where there is TLS. */
  readonly capabilities: Capabilities
  /** Null without TLS. */
  readonly trusted: boolean | null
}

/** Chooses a mechanism and signs in with it, once. A second try with another one could lock the account. */
export async function runSignIn(
  session: SmtpSession,
  account: Account,
  supplied: SuppliedSecret,
  { credentialsToUntrusted, port }: Pick<Plan, 'credentialsToUntrusted' | 'port'>,
  { capabilities, trusted }: Offer,
  deadline: Deadline,
): Promise<StepOutcome<SignInEvidence>> {
  const { socket, encrypted } = session.wire
  const binding = socket instanceof TLSSocket ? channelBindingOf(socket) : null
  const choice = chooseMechanism(account.auth, account.allowPlaintextSignIn, {
    offered: capabilities.auth,
    encrypted,
    starttlsOffered: capabilities.starttls,
    bindable: binding !== null,
  })
  if (choice.kind !== 'use') return { ok: false, evidence: choice }
  const { mechanism } = choice
  if (trusted === false && !credentialsToUntrusted) {
    return { ok: false, evidence: { kind: 'withheld', because: 'untrusted', mechanism } }
  }
  // EXTERNAL signs in with the client certificate: there is no secret to have.
  if (supplied.kind === 'missing' && mechanism !== 'EXTERNAL') {
    return { ok: false, evidence: { kind: 'no-secret', because: supplied.because } }
  }
  const secret = supplied.kind === 'known' ? supplied.secret : sealSecret('')
  const user = account.user ?? ''
  session.record.mask.hide(secretTraces(secret, user))
  const { host, ntlmDomain } = account
  const exchange = beginExchange(mechanism, {
    user,
    host,
    port,
    ntlmDomain,
    secret,
    binding,
    offered: capabilities.auth,
  })
  const evidence = await authenticate(session, exchange, deadline)
  return { ok: evidence.kind === 'accepted', evidence }
}
