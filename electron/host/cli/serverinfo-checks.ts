import { describeInjection, describeRelay, type CheckLine } from '#shared/diagnosis/describe-checks.ts'
import type { ServerChecks } from '#shared/diagnosis/server-checks.ts'
import { meaningOf } from '#shared/smtp/enhanced.ts'
import { meaningOfCode } from '#shared/smtp/reply-codes.ts'
import { printReply } from '#shared/smtp/reply-text.ts'
import type { Reply } from '#shared/smtp/reply.ts'
import type { Asked } from '#engine/smtp/ask-server.ts'

/** For people. */
export function printChecks(checks: ServerChecks | null): readonly string[] {
  if (checks === null) return []
  const { injection, relay } = checks
  return [
    ...(injection === null ? [] : [`Injection ${printLine(describeInjection(injection))}`]),
    ...(relay === null ? [] : [`Relay     ${printLine(describeRelay(relay))}`]),
  ]
}

/** With what each reply means, as RFC 5321 and the RFC of the enhanced code have it. */
export type Explained = { readonly command: string; readonly reply: string | null; readonly meaning: string | null }

export function explainAsked(asked: readonly Asked[]): readonly Explained[] {
  return asked.map(each => {
    const { command } = each
    if (each.kind === 'no-reply') return { command, reply: null, meaning: null }
    return { command, reply: printReply(each.reply), meaning: explain(each.reply, command) }
  })
}

function explain({ code, enhanced }: Reply, command: string): string {
  const { meaning, source } = meaningOfCode(code, command.split(' ', 1)[0]?.toUpperCase() ?? null)
  const detail = enhanced === null ? null : (meaningOf(enhanced)?.detail ?? null)
  return `${meaning} (${source})${detail === null ? '' : `; ${enhanced}: ${detail}`}`
}

export function printAsked(asked: readonly Explained[]): readonly string[] {
  return asked.flatMap(({ command, reply, meaning }) => [
    command,
    ...(reply === null ? ['  no answer came'] : reply.split('\n').map(line => `  ${line}`)),
    ...(meaning === null ? [] : [`    ${meaning}`]),
  ])
}

const VERDICTS = { 'at-risk': 'AT RISK', safe: 'safe', open: 'not decided', 'not-tested': 'not tested' } as const

function printLine({ verdict, words }: CheckLine): string {
  return `${VERDICTS[verdict]}: ${words}`
}
