import { createHmac } from 'node:crypto'
import { err, ok } from '#shared/result.ts'
import type { Exchange, Identity } from '#engine/sasl/mechanism.ts'
import { reveal, type Secret } from '#engine/sasl/secret.ts'

/** PLAIN (RFC 4616): authorization identity (empty), user, password. */
export function plainExchange({ user }: Identity, secret: Secret): Exchange {
  return oneResponse('PLAIN', Buffer.from(`\0${user}\0${reveal(secret)}`))
}

/** EXTERNAL (RFC 4422 appendix A): who we are is what the client certificate says, or the identity that is asked for. */
export function externalExchange({ user }: Pick<Identity, 'user'>): Exchange {
  return oneResponse('EXTERNAL', Buffer.from(user))
}

/** LOGIN was never standardized (draft-murchison-sasl-login): the server asks twice, whatever its questions say. */
export function loginExchange({ user }: Identity, secret: Secret): Exchange {
  const answers = [user, reveal(secret)]
  return {
    name: 'LOGIN',
    initial: null,
    respond: () => {
      const answer = answers.shift()
      return answer === undefined ? err({ kind: 'unexpected', detail: 'a third question' }) : ok(Buffer.from(answer))
    },
    complete: () => true,
    describe: challenge => challenge.toString('utf8'),
  }
}

/** CRAM-MD5 (RFC 2195): the user, and the HMAC of the challenge keyed with the password. */
export function cramMd5Exchange({ user }: Identity, secret: Secret): Exchange {
  let answered = false
  return {
    name: 'CRAM-MD5',
    initial: null,
    respond: challenge => {
      if (answered) return err({ kind: 'unexpected', detail: 'a second challenge' })
      answered = true
      const digest = createHmac('md5', reveal(secret)).update(challenge).digest('hex')
      return ok(Buffer.from(`${user} ${digest}`))
    },
    complete: () => true,
    describe: challenge => challenge.toString('utf8'),
  }
}

/** XOAUTH2, as Google and Microsoft document it. After a refusal comes a challenge with the reason in JSON. */
export function xoauth2Exchange({ user }: Identity, token: Secret): Exchange {
  return tokenExchange('XOAUTH2', `user=${user}\x01auth=Bearer ${reveal(token)}\x01\x01`, '')
}

/** OAUTHBEARER (RFC 7628 section 3.1). The dummy answer to a refusal is a single %x01 (section 3.2.3). */
export function oauthBearerExchange({ user, host, port }: Identity, token: Secret): Exchange {
  const header = `n,a=${saslName(user)},`
  const pairs = `\x01host=${host}\x01port=${port}\x01auth=Bearer ${reveal(token)}\x01\x01`
  return tokenExchange('OAUTHBEARER', `${header}${pairs}`, '\x01')
}

/** RFC 5802 section 5.1: `=` and `,` have a meaning of their own in a GS2 header. */
export function saslName(name: string): string {
  return name.replaceAll('=', '=3D').replaceAll(',', '=2C')
}

function oneResponse(name: string, initial: Buffer): Exchange {
  return {
    name,
    initial,
    respond: () => err({ kind: 'unexpected', detail: 'a challenge where none is due' }),
    complete: () => true,
    describe: () => null,
  }
}

function tokenExchange(name: string, initial: string, afterRefusal: string): Exchange {
  let refused = false
  return {
    name,
    initial: Buffer.from(initial),
    respond: () => {
      if (refused) return err({ kind: 'unexpected', detail: 'a second challenge' })
      refused = true
      return ok(Buffer.from(afterRefusal))
    },
    complete: () => !refused,
    describe: challenge => challenge.toString('utf8'),
  }
}
