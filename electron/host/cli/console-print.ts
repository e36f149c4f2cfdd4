import type { ConsoleLine } from '#shared/contract/console.ts'
import { markOf } from '#shared/diagnosis/transcript.ts'
import { explainReply } from '#shared/smtp/explain-reply.ts'

/** As swaks marks it: ` ->` sent, `<- ` received, `<**` refused, `~>` and `<~` behind TLS. */
export function printLine(line: Pick<ConsoleLine, 'from' | 'encrypted' | 'text'>): string {
  return `${markOf(line)} ${line.text}`
}

/** What a reply means, indented to stand under it; null where there is nothing to explain. */
export function printExplanation(answer: ConsoleLine['answer'], host: string): string | null {
  if (answer?.reply == null) return null
  const { meaning, source, enhanced, cause } = explainReply(answer.reply, answer.verb, host)
  const parts = [
    `${answer.reply.code}: ${meaning} (${source})`,
    ...(enhanced === null ? [] : [`${enhanced.code}: ${enhanced.meaning}`]),
    ...(cause === null ? [] : [`likely: ${cause.title}`]),
  ]
  return `    ${parts.join('; ')}`
}
