import { stepWith } from '#shared/diagnosis/step-with.ts'
import { Problem } from '#shared/problem.ts'
import { RunInput } from '#shared/contract/run.ts'
import type { Report } from '#shared/report/report.ts'
import type { Outbox, TryResult, Waiting } from '#service/outbox.ts'
import type { Runs } from '#service/runs.ts'

/** How often the window and the page look whether something is due. */
const LOOK_EVERY_MS = 60_000

export type OutboxDelivery = {
  /** Tries everything that is due, once. */
  deliverDue(signal?: AbortSignal): Promise<Awaited<ReturnType<Outbox['deliverDue']>>>
  /** Goes on trying until the signal. */
  keepDelivering(signal: AbortSignal): void
}

export function createOutboxDelivery(outbox: Outbox, runs: Runs): OutboxDelivery {
  const deliverDue = (signal?: AbortSignal) => outbox.deliverDue(waiting => attempt(waiting, runs, signal), signal)
  return {
    deliverDue,
    keepDelivering(signal) {
      let busy = false
      const timer = setInterval(() => {
        if (busy) return
        busy = true
        // What fails here, such as a full disk, fails again at the next look; the message stays where it is.
        void deliverDue(signal)
          .catch(() => undefined)
          .finally(() => (busy = false))
      }, LOOK_EVERY_MS)
      timer.unref()
      signal.addEventListener('abort', () => clearInterval(timer), { once: true })
    },
  }
}

async function attempt({ accountId, message }: Waiting, runs: Runs, signal?: AbortSignal): Promise<TryResult> {
  const input = RunInput.parse({ target: { kind: 'saved', id: accountId }, purpose: 'send', message })
  try {
    for await (const event of runs.run(input, signal)) {
      if (event.kind === 'ended') return resultOf(event.report)
    }
    return 'later'
  } catch (error) {
    // The account is gone, or its settings cannot be used any more: no later try could do better.
    if (error instanceof Problem && (error.code === 'not-found' || error.code === 'configuration')) return 'refused'
    throw error
  }
}

function resultOf(report: Report): TryResult {
  const seen = stepWith(report.steps, 'deliver')?.evidence
  switch (seen?.kind) {
    case 'sent':
      return 'delivered'
    case 'mail-refused':
    case 'data-refused':
      return seen.reply.code >= 500 ? 'refused' : 'later'
    case 'rcpt-refused':
      return seen.recipients.every(({ reply }) => reply.code >= 500) ? 'refused' : 'later'
    case 'too-large':
    case 'needs-smtputf8':
    case 'needs-requiretls':
    case 'too-many-recipients':
      return 'refused'
    case 'envelope-accepted':
    case 'no-reply':
    case undefined:
      return 'later'
  }
}
