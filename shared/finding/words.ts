import type { Facts } from '#shared/finding/judged.ts'

const PART = /\[([^[\]]*)\]/g
const FACT = /\{(\w+)\}/g

/**
 * A catalogue sentence with its facts: `[… {name} …|otherwise]` is left out, or gives way to what stands behind
 * the bar, when one of its facts is absent.
 */
export function fillWords(template: string, facts: Facts): string {
  const filled = template.replace(PART, (_, part: string) => {
    const [withFacts = '', otherwise = ''] = part.split('|')
    return factNames(withFacts).every(name => facts[name] !== undefined) ? withFacts : otherwise
  })
  return filled.replace(FACT, (_, name: string) => String(facts[name] ?? '')).trim()
}

/** The names of the facts that a sentence may use. */
export function factNames(template: string): readonly string[] {
  return [...template.matchAll(FACT)].map(match => match[1] ?? '')
}
