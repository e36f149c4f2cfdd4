/** So often it is copied; that costs a few entries for each deletion. */
const DELETIONS = 512

/**
 * A map for entries that come and go by the hundred thousand. A plain one that lives long makes V8 keep nearly all of
 * them until its next full collection: each table that it outgrows points to the one after it, so an old one that is
 * garbage already holds all that came later. Copying the map now and then cuts that chain.
 */
export class RenewedMap<K, V> {
  #map = new Map<K, V>()
  #deleted = 0

  get(key: K): V | undefined {
    return this.#map.get(key)
  }

  set(key: K, value: V): void {
    this.#map.set(key, value)
  }

  delete(key: K): void {
    this.#map.delete(key)
    if (++this.#deleted < DELETIONS) return
    this.#map = new Map(this.#map)
    this.#deleted = 0
  }
}
