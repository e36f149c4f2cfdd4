import type { Lookup } from '#engine/dns/lookup.ts'
import type { DnsTrouble } from '#shared/domain/aside.ts'

/** More are of one cause, and a list without an end helps nobody. */
const TROUBLE_LIMIT = 50

/** A lookup that remembers which questions nobody answered. Those that were cut short by our own end do not count. */
export function watchLookup(lookup: Lookup): { readonly lookup: Lookup; readonly trouble: readonly DnsTrouble[] } {
  const trouble = new Map<string, DnsTrouble>()
  return {
    lookup: async (name, type) => {
      const answer = await lookup(name, type)
      const ours = answer.kind === 'failed' && (answer.code === 'STOPPED' || answer.code === 'BAD-NAME')
      if (answer.kind === 'failed' && !ours && trouble.size < TROUBLE_LIMIT) {
        const { code, detail, server } = answer
        trouble.set(`${type} ${name}`, { name, type, code, detail, server })
      }
      return answer
    },
    get trouble() {
      return [...trouble.values()]
    },
  }
}
