import { hostname } from 'node:os'
import { assertNever } from '#shared/result.ts'
import type { MechanismName } from '#engine/sasl/choose.ts'
import { digestMd5Exchange } from '#engine/sasl/digest-md5.ts'
import type { ChannelBinding, Exchange, Identity } from '#engine/sasl/mechanism.ts'
import { ntlmExchange } from '#engine/sasl/ntlm.ts'
import { scramExchange, type Binding } from '#engine/sasl/scram.ts'
import { reveal, type Secret } from '#engine/sasl/secret.ts'
import {
  cramMd5Exchange,
  externalExchange,
  loginExchange,
  oauthBearerExchange,
  plainExchange,
  xoauth2Exchange,
} from '#engine/sasl/simple.ts'

export type SignIn = Identity & {
  readonly ntlmDomain: string | null
  readonly secret: Secret
  /** Null without TLS, or where the connection gives none. */
  readonly binding: ChannelBinding | null
  /** Mechanisms of the server's offer, upper case. */
  readonly offered: readonly string[]
}

export function beginExchange(mechanism: MechanismName, signIn: SignIn): Exchange {
  const { secret } = signIn
  switch (mechanism) {
    case 'PLAIN':
      return plainExchange(signIn, secret)
    case 'LOGIN':
      return loginExchange(signIn, secret)
    case 'CRAM-MD5':
      return cramMd5Exchange(signIn, secret)
    case 'XOAUTH2':
      return xoauth2Exchange(signIn, secret)
    case 'OAUTHBEARER':
      return oauthBearerExchange(signIn, secret)
    case 'EXTERNAL':
      return externalExchange(signIn)
    case 'DIGEST-MD5':
      return digestMd5Exchange(signIn, secret)
    case 'NTLM':
      return ntlmExchange({ user: signIn.user, domain: signIn.ntlmDomain ?? '', workstation: hostname() }, secret)
    case 'SCRAM-SHA-1':
    case 'SCRAM-SHA-1-PLUS':
      return scramExchange('sha1', signIn, secret, bindingFor(mechanism, signIn))
    case 'SCRAM-SHA-256':
    case 'SCRAM-SHA-256-PLUS':
      return scramExchange('sha256', signIn, secret, bindingFor(mechanism, signIn))
    default:
      return assertNever(mechanism)
  }
}

/** Texts that must not be recorded even when a server repeats them: the secret and the forms that it travels in. */
export function secretTraces(secret: Secret, user: string): readonly string[] {
  const value = reveal(secret)
  if (value === '') return []
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  return [value, base64(value), base64(`\0${user}\0${value}`), base64(`${user}\0${user}\0${value}`)]
}

function bindingFor(mechanism: MechanismName, { binding, offered }: SignIn): Binding {
  if (binding === null) return { kind: 'none' }
  if (mechanism.endsWith('-PLUS')) return { kind: 'used', binding }
  // RFC 5802 section 6: a client that could bind says so when it was not offered; when it was, and the account asks for
  // the other variant all the same, saying so would make the server suspect an attack.
  return offered.includes(`${mechanism}-PLUS`) ? { kind: 'none' } : { kind: 'unseen' }
}
