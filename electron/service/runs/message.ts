import type { Account } from '#shared/account/account.ts'
import type { RunInput } from '#shared/contract/run.ts'
import { Problem } from '#shared/problem.ts'
import type { DiagnosisInput } from '#engine/diagnosis/diagnosis.ts'

type Message = NonNullable<DiagnosisInput['message']>

/** What a run sends: the caller's message, or the test message, which is composed once the run has got that far. */
export type MessageFor = (input: RunInput, account: Account, recipients: readonly string[]) => Promise<Message>

/** @throws Problem `configuration` when there is no address to send from */
export const messageFor: MessageFor = async ({ message }, account, recipients) => {
  if (message !== null) return { messageId: message.messageId, raw: Buffer.from(message.raw, 'base64') }
  const [{ composeTestMessage }, { planRun }] = await Promise.all([
    import('#engine/message/test-message.ts'),
    import('#engine/diagnosis/plan.ts'),
  ])
  const asked = { account, secret: { kind: 'missing', because: 'not-asked' }, purpose: 'send', sendTo: [] } as const
  const from = planRun(asked, {}).mailFrom
  if (from === '') {
    throw new Problem('configuration', 'the account has no address to send from', {
      field: 'from',
      remedy: 'Give the sender address, such as anna@example.org.',
    })
  }
  return ({ steps }) =>
    composeTestMessage({ account, steps, from, fromName: account.fromName, to: recipients, now: new Date() })
}
