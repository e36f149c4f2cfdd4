import type { EncryptEvidence } from '#shared/diagnosis/evidence.ts'
import { STEP_IDS } from '#shared/diagnosis/step-ids.ts'
import { stepWith } from '#shared/diagnosis/step-with.ts'
import type { SkipReason, StepId } from '#shared/diagnosis/step.ts'
import type { Capabilities } from '#shared/smtp/capabilities.ts'
import type { DiagnosisInput, DiagnosisOptions, RawMessage } from '#engine/diagnosis/diagnosis.ts'
import type { Plan } from '#engine/diagnosis/plan.ts'
import type { StepLog } from '#engine/diagnosis/step-log.ts'
import { runConnect } from '#engine/diagnosis/steps/connect.ts'
import { runDeliver } from '#engine/diagnosis/steps/deliver.ts'
import { NO_TIMINGS, NOTHING_SEEN } from '#engine/diagnosis/steps/encrypt-seen.ts'
import type { CompareDane } from '#engine/diagnosis/steps/encrypt-aside.ts'
import { runEncrypt, type Encrypted } from '#engine/diagnosis/steps/encrypt.ts'
import { runResolve, targetsOf } from '#engine/diagnosis/steps/resolve.ts'
import { runSignIn } from '#engine/diagnosis/steps/sign-in.ts'
import type { DialTarget } from '#engine/net/dial.ts'
import { limitsFor, type PhaseLimits } from '#engine/net/phase-limits.ts'
import { spareTime } from '#engine/net/spare-time.ts'
import type { SmtpSession } from '#engine/smtp/session.ts'
import { loadTlsMaterial } from '#engine/tls/material.ts'
import { NO_MATERIAL, prepareTrust } from '#engine/tls/trust-store.ts'

/** How long the polite end of a session may hold up the result. */
const QUIT_WAIT_MS = 500

/** Longer than beside a mere look: a run goes on with more round trips than this costs. */
const DANE_GRACE_MS = 300

const PATH: readonly StepId[] = STEP_IDS.filter(id => id !== 'domain')

/** One walk: each step in turn, the domain's DNS beside them, and every later step skipped once one has failed. */
export class PathRun {
  readonly #input: DiagnosisInput
  readonly #options: DiagnosisOptions
  readonly #plan: Plan
  readonly #log: StepLog
  readonly #limits: PhaseLimits
  #target: DialTarget | null = null
  #dane: Promise<CompareDane | null> = Promise.resolve(null)

  constructor(input: DiagnosisInput, options: DiagnosisOptions, plan: Plan, log: StepLog) {
    this.#input = input
    this.#options = options
    this.#plan = plan
    this.#log = log
    this.#limits = limitsFor(input.account.timeoutSeconds, options.limits)
  }

  async walk(): Promise<void> {
    await Promise.all([this.#walkPath(), this.#lookUpDomain()])
  }

  async #walkPath(): Promise<void> {
    const session = await this.#connect()
    if (session === null) return
    try {
      if (await this.#speak(session)) await session.quit(this.#options.deadline, QUIT_WAIT_MS)
    } finally {
      // A stop must not leave a half-open session behind; after QUIT this does nothing any more.
      if (this.#options.deadline.signal.aborted) session.wire.destroy()
      else session.wire.close()
    }
  }

  async #connect(): Promise<SmtpSession | null> {
    const { deadline } = this.#options
    this.#dane = this.#askForDane()
    const targets = this.#reusedTargets() ?? (await this.#resolve())
    if (targets === null) return this.#giveUp('resolve')
    const connecting = this.#log.run('connect', () =>
      runConnect(this.#plan, targets, this.#log.recorder, this.#limits, deadline),
    )
    const preparing = this.#prepare(connecting.then(outcome => outcome?.ok === true))
    const connected = await connecting
    if (connected?.ok === true) await preparing
    this.#target = connected?.target ?? null
    if (connected?.ok === true && connected.session !== null) return connected.session
    connected?.session?.wire.destroy()
    return this.#giveUp('connect')
  }

  async #prepare(connected: Promise<boolean>): Promise<void> {
    if (this.#plan.security !== 'none' && (await spareTime(connected))) {
      await prepareTrust(NO_MATERIAL, this.#options.readFile)
    }
  }

  async #resolve(): Promise<readonly DialTarget[] | null> {
    const { deadline, resolver } = this.#options
    const resolved = await this.#log.run('resolve', () => runResolve(this.#plan, resolver, deadline))
    return resolved?.ok === true ? resolved.targets : null
  }

  #reusedTargets(): readonly DialTarget[] | null {
    const earlier = stepWith(this.#input.reuse ?? [], 'resolve')
    if (earlier?.state !== 'done') return null
    this.#log.takeOver(earlier)
    return targetsOf(earlier.evidence, this.#plan.place)
  }

  /** Whether the server is still one to say QUIT to. */
  async #speak(session: SmtpSession): Promise<boolean> {
    const encrypted = await this.#log.run('encrypt', () => this.#encrypt(session))
    if (encrypted?.ok !== true) {
      this.#giveUp('encrypt')
      // Nothing more is said to a server that is not who it should be, or that does not speak.
      session.wire.destroy()
      return false
    }
    const offer = offerOf(encrypted.evidence)
    if (offer === null) throw new Error(`${encrypted.evidence.kind} is no success`)
    const { account, secret } = this.#input
    const { deadline, chunking = false } = this.#options
    const asked = await this.#unlessSkipped('sign-in', () =>
      this.#log.run('sign-in', () => runSignIn(session, account, secret, this.#plan, offer, deadline)),
    )
    if (asked === 'failed') {
      this.#giveUp('sign-in')
      return true
    }
    await this.#unlessSkipped('deliver', () =>
      this.#log.run('deliver', async () => {
        const message = await this.#message()
        const reached = { offered: offer.capabilities, trusted: offer.trusted, signedIn: asked === 'done' }
        return runDeliver(session, account, this.#plan, reached, message, chunking, deadline)
      }),
    )
    return true
  }

  async #encrypt(session: SmtpSession): Promise<Encrypted> {
    const { account } = this.#input
    const { readFile, extraCa, now, deadline } = this.#options
    const material = await loadTlsMaterial(account, extraCa, readFile)
    const plan = { ...this.#plan, target: this.#target, dane: this.#dane }
    if (material.ok) return runEncrypt(session, plan, material.value, now, deadline)
    if (account.security === 'none') return runEncrypt(session, plan, NO_MATERIAL, now, deadline)
    const evidence: EncryptEvidence = {
      kind: 'handshake-failed',
      mode: account.security,
      fault: material.error,
      before: null,
    }
    return { ok: false, evidence, timings: NO_TIMINGS, seen: NOTHING_SEEN }
  }

  /** Not through a proxy: then it is the proxy that looks names up. */
  async #askForDane(): Promise<CompareDane | null> {
    const { place, security, port } = this.#plan
    if (security === 'none' || place.kind !== 'host') return null
    const { resolver, deadline } = this.#options
    const { lookupServerDane } = await import('#engine/smtp/server-dane.ts')
    return lookupServerDane({ host: place.host, port, resolver, deadline, graceMs: DANE_GRACE_MS })
  }

  async #message(): Promise<RawMessage | null> {
    const { purpose, message, account } = this.#input
    if (purpose !== 'send' || message === undefined) return null
    return typeof message === 'function' ? message({ steps: this.#log.steps, account }) : message
  }

  async #unlessSkipped(
    id: 'sign-in' | 'deliver',
    run: () => Promise<{ readonly ok: boolean } | null>,
  ): Promise<'done' | 'failed' | 'skipped'> {
    const reason = this.#plan.skipped.get(id)
    if (reason !== undefined) {
      this.#log.skip(id, reason)
      return 'skipped'
    }
    return (await run())?.ok === true ? 'done' : 'failed'
  }

  async #lookUpDomain(): Promise<void> {
    const { domainLookup, deadline } = this.#options
    const { domain, skipped } = this.#plan
    const earlier = stepWith(this.#input.reuse ?? [], 'domain')
    if (earlier?.state === 'done') {
      this.#log.takeOver(earlier)
      return
    }
    if (domainLookup === undefined || domain === null) {
      this.#log.skip('domain', skipped.get('domain') ?? 'not-available')
      return
    }
    const { account } = this.#input
    await this.#log.run('domain', async () => {
      const evidence = await Promise.race([domainLookup({ domain, account }, deadline), aborted(deadline.signal)])
      return { ok: evidence !== null, evidence }
    })
  }

  /** Skips what comes behind a step that failed, or cancels it where the run was stopped. */
  #giveUp(failed: StepId): null {
    for (const id of PATH.slice(PATH.indexOf(failed) + 1)) {
      const planned: SkipReason | undefined = this.#plan.skipped.get(id)
      if (planned === undefined && this.#options.deadline.stopped) this.#log.cancel(id)
      else this.#log.skip(id, planned ?? 'earlier-step-failed')
    }
    return null
  }
}

type Offer = { readonly capabilities: Capabilities; readonly trusted: boolean | null }

/** What the server offers where the path goes on: behind TLS, if there is TLS. */
function offerOf(evidence: EncryptEvidence): Offer | null {
  if (evidence.kind === 'plain') return { capabilities: evidence.capabilities, trusted: null }
  return evidence.kind === 'encrypted' ? { capabilities: evidence.after, trusted: evidence.tls.trusted } : null
}

function aborted(signal: AbortSignal): Promise<null> {
  return new Promise(resolve => {
    if (signal.aborted) resolve(null)
    signal.addEventListener('abort', () => resolve(null), { once: true })
  })
}
