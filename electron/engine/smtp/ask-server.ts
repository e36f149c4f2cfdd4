import type { NoReply } from '#shared/diagnosis/evidence.ts'
import { Problem } from '#shared/problem.ts'
import type { Reply } from '#shared/smtp/reply.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import type { SmtpSession } from '#engine/smtp/session.ts'

export type Asked =
  | { readonly kind: 'answered'; readonly command: string; readonly reply: Reply }
  | { readonly kind: 'no-reply'; readonly command: string; readonly fault: NoReply }

/** Questions that change nothing (RFC 5321 sections 4.1.1.6 to 4.1.1.9). */
const QUESTION = /^(?:VRFY|EXPN|HELP|NOOP)(?: [^\r\n\0]{1,500})?$/i

/** @throws Problem `usage` for what is no question */
export function requireQuestion(command: string): void {
  if (QUESTION.test(command)) return
  throw new Problem('usage', `‘${command}’ is no question: VRFY, EXPN, HELP and NOOP can be asked`, {
    field: '--ask',
    remedy: 'mailwright console speaks any command',
  })
}

/** Asks one question after the other; the one that no reply came to is the last. */
export async function askServer(
  session: SmtpSession,
  questions: readonly string[],
  deadline: Deadline,
): Promise<readonly Asked[]> {
  const asked: Asked[] = []
  for (const command of questions) {
    const replied = await session.command(command, deadline)
    if (!replied.ok) return [...asked, { kind: 'no-reply', command, fault: replied.error }]
    asked.push({ kind: 'answered', command, reply: replied.value })
  }
  return asked
}
