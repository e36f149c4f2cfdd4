import type { ConsoleLine } from '#shared/contract/console.ts'
import { printScript, type Happened } from '#shared/smtp/console-script.ts'

/** A session as a script: what was sent, and of each answer its code. */
export function scriptOf(lines: readonly ConsoleLine[], place: string): string {
  return printScript(
    lines.flatMap((line): readonly Happened[] => {
      if (line.from === 'client') return [{ kind: 'sent', text: line.text, masked: line.masked }]
      if (line.from !== 'server' || line.answer === null) return []
      return [{ kind: 'answered', lines: [line.text], reply: line.answer.reply }]
    }),
    place,
  )
}
