import { judged, type Facts, type Judged } from '#shared/finding/judged.ts'

/**
 * What a SCRAM server says in place of its proof (RFC 5802 section 7, server-error-value), where that is about channel
 * binding: whether both ends speak of the same encrypted connection. Null for every other word.
 */
export function judgeScramError(mechanism: string, challenge: string | null, facts: Facts): Judged | null {
  const error = /^SCRAM-/i.test(mechanism) ? /^e=([\w-]{1,64})/.exec(challenge ?? '')?.[1] : undefined
  const evidence = [`AUTH ${mechanism}: e=${error ?? ''}`]
  switch (error) {
    case 'channel-bindings-dont-match':
    // We said that we could bind and were not offered it, and the server did offer it: somebody took the offer away.
    case 'server-does-support-channel-binding':
      return judged('sign-in-connection-differs', { facts: { ...facts, error }, evidence, confidence: 0.85 })
    case 'channel-binding-not-supported':
    case 'unsupported-channel-binding-type':
      return judged('sign-in-binding-unsupported', { facts: { ...facts, error, wanted: mechanism }, evidence })
    case undefined:
    default:
      return null
  }
}
