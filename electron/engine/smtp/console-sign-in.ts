import { TLSSocket } from 'node:tls'
import { AuthMethod } from '#shared/account/account.ts'
import type { SignInEvidence } from '#shared/diagnosis/evidence.ts'
import { Problem } from '#shared/problem.ts'
import { parseCapabilities } from '#shared/smtp/parse-capabilities.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { beginExchange, secretTraces } from '#engine/sasl/begin.ts'
import { chooseMechanism } from '#engine/sasl/choose.ts'
import type { Secret } from '#engine/sasl/secret.ts'
import { authenticate } from '#engine/smtp/authenticate.ts'
import { ehloName } from '#engine/smtp/ehlo-name.ts'
import type { SmtpSession } from '#engine/smtp/session.ts'
import { channelBindingOf } from '#engine/tls/channel-binding.ts'

export type SignInByHand = {
  /** Upper case; null takes the best of the offer. */
  readonly mechanism: string | null
  readonly user: string
  readonly secret: Secret
  /** Also where others could read the password, or the certificate is not trusted. */
  readonly anyway: boolean
}

type Server = {
  readonly host: string
  readonly port: number
  readonly ehlo: string | null
  /** Of the last EHLO; empty where none was said yet. */
  readonly offers: readonly string[]
  /** Null without TLS. */
  readonly trusted: boolean | null
}

/** AUTH for a session by hand: says EHLO first where nobody did, and hides every form that the secret travels in. */
export async function signInByHand(
  session: SmtpSession,
  server: Server,
  asked: SignInByHand,
  deadline: Deadline,
): Promise<SignInEvidence> {
  const method = AuthMethod.safeParse(asked.mechanism?.toLowerCase() ?? 'auto')
  if (!method.success || method.data === 'none') {
    throw new Problem('bad-input', `${asked.mechanism ?? ''} is not a sign-in mechanism that is spoken here.`, {
      field: 'mechanism',
    })
  }
  const { socket, encrypted } = session.wire
  const offers = server.offers.length > 0 ? server.offers : await askOffers(session, server.ehlo, deadline)
  const { auth, starttls } = parseCapabilities({ code: 250, enhanced: null, text: ['', ...offers] })
  const binding = socket instanceof TLSSocket ? channelBindingOf(socket) : null
  const choice = chooseMechanism(method.data, asked.anyway, {
    offered: auth,
    encrypted,
    starttlsOffered: starttls,
    bindable: binding !== null,
  })
  if (choice.kind !== 'use') return choice
  const { mechanism } = choice
  if (server.trusted === false && !asked.anyway) return { kind: 'withheld', because: 'untrusted', mechanism }
  const { user, secret } = asked
  session.record.mask.hide(secretTraces(secret, user))
  const { host, port } = server
  const exchange = beginExchange(mechanism, { user, host, port, ntlmDomain: null, secret, binding, offered: auth })
  return authenticate(session, exchange, deadline)
}

async function askOffers(session: SmtpSession, ehlo: string | null, deadline: Deadline): Promise<readonly string[]> {
  const hello = await session.hello(ehloName(ehlo, session.wire.socket.localAddress), deadline)
  return hello.kind === 'ready' && !hello.heloOnly ? hello.reply.text.slice(1) : []
}
