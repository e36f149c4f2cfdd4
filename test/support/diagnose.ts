import { readFile } from 'node:fs/promises'
import { Account, type AccountSettings } from '#shared/account/account.ts'
import type { Step, StepId } from '#shared/diagnosis/step.ts'
import { stepWith } from '#shared/diagnosis/step-with.ts'
import type { DiagnosisEvent, DiagnosisInput, DiagnosisOptions } from '#engine/diagnosis/diagnosis.ts'
import { diagnose } from '#engine/diagnosis/run.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { sealSecret } from '#engine/sasl/secret.ts'

export function accountOf(settings: Partial<AccountSettings>): Account {
  return Account.parse({ id: 'a', name: 'lab', host: '127.0.0.1', from: 'ada@lab.test', ...settings })
}

export type Ran = {
  readonly steps: readonly Step[]
  readonly events: readonly DiagnosisEvent[]
  readonly transcript: string
  /** `done`, `failed`, … in the order of the path. */
  readonly states: Readonly<Partial<Record<StepId, string>>>
}

/** Runs a whole diagnosis and gives what came of it. */
export async function runDiagnosis(
  settings: Partial<AccountSettings>,
  input: Partial<DiagnosisInput> & { readonly password?: string } = {},
  options: Partial<DiagnosisOptions> = {},
): Promise<Ran> {
  const events: DiagnosisEvent[] = []
  const { password, ...rest } = input
  const run = diagnose(
    {
      account: accountOf(settings),
      secret:
        password === undefined
          ? { kind: 'missing', because: 'none-stored' }
          : { kind: 'known', secret: sealSecret(password) },
      purpose: 'test',
      sendTo: [],
      ...rest,
    },
    { deadline: new Deadline(10_000), resolver: 'system', now: () => new Date(), readFile, ...options },
  )
  for await (const event of run) events.push(event)
  const ended = events.at(-1)
  if (ended?.kind !== 'ended') throw new Error('the run did not end')
  const transcript = ended.transcript.map(line => `${line.from} ${line.text}`).join('\n')
  return {
    steps: ended.steps,
    events,
    transcript,
    states: Object.fromEntries(ended.steps.map(step => [step.id, step.state])),
  }
}

export function evidenceOf(ran: Ran, id: StepId): unknown {
  return stepWith(ran.steps, id)?.evidence
}
