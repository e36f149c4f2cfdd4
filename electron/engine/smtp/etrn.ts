import { Problem } from '#shared/problem.ts'
import type { Step } from '#shared/diagnosis/step.ts'
import type { NoReply } from '#shared/diagnosis/evidence.ts'
import type { Reply } from '#shared/smtp/reply.ts'
import { lookAtServer, type LookOptions, type LookTarget } from '#engine/smtp/look.ts'
import type { Replied } from '#engine/smtp/session.ts'

export type EtrnAnswer =
  | { readonly kind: 'answered'; readonly reply: Reply }
  | { readonly kind: 'not-offered' }
  | { readonly kind: 'no-reply'; readonly fault: NoReply }

/**
 * Asks a server to start a queue (RFC 1985).
 *
 * @param argument a node name, `@` and a domain for it and its subdomains, or `#` and a queue name
 * @returns `answer` null where the server was not reached: `steps` say why
 */
export async function startQueue(
  target: LookTarget,
  argument: string,
  options: LookOptions,
): Promise<{ readonly answer: EtrnAnswer | null; readonly steps: readonly Step[] }> {
  if (!/^[@#]?[!-~]{1,255}$/.test(argument)) {
    throw new Problem('usage', `"${argument}" is no node, @DOMAIN or #QUEUE`, { field: 'NODE' })
  }
  let answer: EtrnAnswer | null = null
  const look = await lookAtServer(target, {
    ...options,
    converse: async (session, offered) => {
      answer = offered.etrn
        ? answerOf(await session.command(`ETRN ${argument}`, options.deadline))
        : { kind: 'not-offered' }
    },
  })
  return { answer, steps: look.steps }
}

function answerOf(replied: Replied): EtrnAnswer {
  return replied.ok ? { kind: 'answered', reply: replied.value } : { kind: 'no-reply', fault: replied.error }
}
