import { DOMAIN_CATALOGUE, type DomainFindingId } from '#shared/domain/catalogue.ts'
import { stepsFor } from '#shared/domain/steps.ts'
import type { Entry } from '#shared/finding/catalogue/entry.ts'
import type { Finding, Severity } from '#shared/finding/finding.ts'
import type { Facts } from '#shared/finding/judged.ts'
import { fillWords } from '#shared/finding/words.ts'
import type { DnsChange, Fix } from '#shared/fix/fix.ts'

export type FindingParts = {
  readonly facts: Facts
  /** The records that prove it. */
  readonly evidence?: readonly (string | null)[]
  /** The exact records that end it, with what doing so is called. */
  readonly repair?: { readonly label: string; readonly changes: readonly DnsChange[] }
  readonly fixes?: readonly Fix[]
  readonly severity?: Severity
}

/** A finding with the words of the catalogue. */
export function composeFinding(id: DomainFindingId, parts: FindingParts): Finding {
  const entry: Entry = DOMAIN_CATALOGUE[id]
  const { repair } = parts
  const dns: Fix[] =
    repair === undefined ? [] : [{ kind: 'dns', id: `${id}-dns`, label: repair.label, changes: [...repair.changes] }]
  const fixes = [...dns, ...(parts.fixes ?? [])]
  return {
    id,
    class: entry.class,
    severity: parts.severity ?? entry.severity,
    step: 'domain',
    title: fillWords(entry.title, parts.facts),
    explanation: fillWords(entry.why, parts.facts),
    evidence: (parts.evidence ?? []).filter(line => line !== null),
    confidence: 0.95,
    explainedBy: null,
    fixes: fixes.length > 0 ? fixes : [...stepsFor(id, parts.facts)],
  }
}

export function addTxt(name: string, value: string, why: string): DnsChange {
  return { action: 'add', name, type: 'TXT', value, replaces: null, why }
}

export function replaceTxt(name: string, old: string, value: string, why: string): DnsChange {
  return { action: 'replace', name, type: 'TXT', value, replaces: old, why }
}

export function removeTxt(name: string, value: string, why: string): DnsChange {
  return { action: 'remove', name, type: 'TXT', value, replaces: null, why }
}
