import type { CertificateName } from './certificates.ts'
import type { Effect, Fault, Moment, Refusal, Visit } from './fault.ts'
import type { ZoneRecord } from './zone.ts'

type EffectOf<K extends Effect['kind']> = Extract<Effect, { kind: K }>

/** What the faults that are switched on come to. Sessions keep the behaviour that they began with. */
export class Behaviour {
  readonly #effects: readonly Effect[]
  readonly #refused = new Map<Refusal, Visit[]>()

  constructor(active: readonly Fault[]) {
    this.#effects = active.flatMap(fault => fault.effects)
  }

  /** The refusal that is due, of the fault that comes first; null where the server says yes. */
  refusal(at: Moment, visit: Visit): { readonly code: number; readonly text: string } | null {
    for (const refusal of this.#all('refuse')) {
      if (refusal.at !== at) continue
      const earlier = this.#refused.get(refusal) ?? []
      if (refusal.when && !refusal.when(visit, earlier)) continue
      this.#refused.set(refusal, [...earlier, visit].slice(-REMEMBERED_VISITS))
      const text = typeof refusal.text === 'string' ? refusal.text : refusal.text(visit)
      return { code: refusal.code, text }
    }
    return null
  }

  get closed(): boolean {
    return this.#first('closed') !== null
  }

  /** Milliseconds before the greeting; null: it never comes. */
  get greetingDelayMs(): number | null {
    const late = this.#first('greet-late')
    return late === null ? 0 : late.delayMs
  }

  /** Another protocol's first words. */
  get foreignWords(): string | null {
    return this.#first('say')?.bytes ?? null
  }

  /** Whether a port that should (`implicitTls`) or should not begin with TLS does so now. */
  beginsWithTls(implicitTls: boolean): boolean {
    const swapped = this.#all('swap-tls').some(effect => effect.port === (implicitTls ? 'tls' : 'plain'))
    return swapped ? !implicitTls : implicitTls
  }

  get certificate(): CertificateName {
    return this.#first('certificate')?.certificate ?? 'good'
  }

  get handshakeLimit(): EffectOf<'handshake'>['limit'] | null {
    return this.#first('handshake')?.limit ?? null
  }

  get afterStarttls(): EffectOf<'starttls'>['next'] | null {
    return this.#first('starttls')?.next ?? null
  }

  get openRelay(): boolean {
    return this.#first('open-relay') !== null
  }

  get mangled(): boolean {
    return this.#first('mangle') !== null
  }

  withholds(keyword: EffectOf<'withhold'>['keyword']): boolean {
    if (keyword === 'STARTTLS' && this.mangled) return true
    return this.#all('withhold').some(effect => effect.keyword === keyword)
  }

  get mechanisms(): readonly string[] {
    return this.#first('mechanisms')?.only ?? MECHANISMS
  }

  get sizeBytes(): number {
    return this.#first('size')?.limitBytes ?? MESSAGE_LIMIT_BYTES
  }

  cuts(at: EffectOf<'cut'>['at']): boolean {
    return this.#all('cut').some(effect => effect.at === at)
  }

  get dnsAnswer(): 'zone' | 'none' | 'servfail' {
    return this.#first('dns')?.answer ?? 'zone'
  }

  zone(records: readonly ZoneRecord[]): readonly ZoneRecord[] {
    return this.#all('zone').reduce((changed, effect) => effect.change(changed), records)
  }

  #all<K extends Effect['kind']>(kind: K): readonly EffectOf<K>[] {
    return this.#effects.filter((effect): effect is EffectOf<K> => effect.kind === kind)
  }

  #first<K extends Effect['kind']>(kind: K): EffectOf<K> | null {
    return this.#all(kind)[0] ?? null
  }
}

/** What the server can really do. */
export const MECHANISMS: readonly string[] = ['PLAIN', 'LOGIN', 'CRAM-MD5', 'XOAUTH2']
/** Enough for any test message; two of them fit into the inbox. */
const MESSAGE_LIMIT_BYTES = 10 * 1024 * 1024
/** Enough to know a client again that tries now and then. */
const REMEMBERED_VISITS = 1_000
