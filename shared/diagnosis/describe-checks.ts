import type { InjectionSeen, RelaySeen } from '#shared/diagnosis/server-checks.ts'
import { printReply } from '#shared/smtp/reply-text.ts'

export type CheckLine = {
  /** `open`: what was seen decides nothing. */
  readonly verdict: 'at-risk' | 'safe' | 'open' | 'not-tested'
  /** Without a capital and a full stop. */
  readonly words: string
}

export function describeInjection(seen: InjectionSeen): CheckLine {
  switch (seen.kind) {
    case 'executed':
      return {
        verdict: 'at-risk',
        words: `${seen.command}, slipped in behind STARTTLS, was carried out (${printReply(seen.reply)})`,
      }
    case 'discarded':
      return { verdict: 'safe', words: `${seen.command}, slipped in behind STARTTLS, was thrown away` }
    case 'refused':
      return {
        verdict: 'safe',
        words: `STARTTLS with ${seen.command} behind it was refused (${printReply(seen.reply)})`,
      }
    case 'not-tested':
      return { verdict: 'not-tested', words: seen.because }
  }
}

export function describeRelay(seen: RelaySeen): CheckLine {
  switch (seen.kind) {
    case 'accepted':
      return {
        verdict: 'at-risk',
        words: `<${seen.rcptTo}> was taken from <${seen.mailFrom}> without sign-in (${printReply(seen.reply)})`,
      }
    case 'refused':
      // Postfix refuses a relay with 454, greylisting puts off everybody with 450: the words tell which it was.
      return seen.reply.code < 500
        ? {
            verdict: 'open',
            words: `${seen.command} was put off (${printReply(seen.reply)}); after greylisting, ask again`,
          }
        : { verdict: 'safe', words: `${seen.command} was refused (${printReply(seen.reply)})` }
    case 'not-tested':
      return { verdict: 'not-tested', words: seen.because }
  }
}
