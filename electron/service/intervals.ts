import { z } from 'zod'
import { type JsonStore, type StoreSpec } from '#service/store/json-store.ts'

type IntervalsFile = { readonly passed: Readonly<Record<string, string>> }

/** Keys beyond this number push the oldest out. */
const MAX_KEYS = 1000

/** When a message with a key last went out: "at most one disk warning an hour". */
export const INTERVALS: StoreSpec<IntervalsFile> = {
  name: 'intervals',
  version: 1,
  empty: { passed: {} },
  migrations: {},
  parse(data) {
    const file = z.object({ passed: z.record(z.string(), z.iso.datetime()) }).safeParse(data)
    return file.success ? { value: file.data, lost: [] } : null
  },
}

export class Intervals {
  readonly #store: JsonStore<IntervalsFile>
  readonly #now: () => Date

  constructor(store: JsonStore<IntervalsFile>, now: () => Date) {
    this.#store = store
    this.#now = now
  }

  /** When the next message with this key may go, as ISO 8601; null when it may go now. */
  heldUntil(key: string, seconds: number): string | null {
    const last = this.#store.read().passed[key]
    if (last === undefined) return null
    const until = new Date(Date.parse(last) + seconds * 1000)
    return until > this.#now() ? until.toISOString() : null
  }

  /** A message with this key has gone out. @throws Problem `io` */
  passed(key: string): void {
    this.#store.change(({ passed }) => {
      const others = Object.entries(passed).filter(([name]) => name !== key)
      const latest = others.sort(([, a], [, b]) => b.localeCompare(a)).slice(0, MAX_KEYS - 1)
      return [{ passed: Object.fromEntries([...latest, [key, this.#now().toISOString()]]) }, undefined]
    })
  }
}
