import type { Preset } from '#shared/account/preset.ts'
import { PRESETS } from '#shared/account/presets/all.ts'

/** A provider, and which of its regions where the question tells. */
export type PresetMatch = { readonly preset: Preset; readonly region: string | null }

export function presetById(id: string): Preset | null {
  return PRESETS.find(preset => preset.id === id) ?? null
}

/** Presets whose name, id, alias, host or domain holds every word of the query, best match first; all of them for an empty query. */
export function findPresetsByName(query: string): readonly Preset[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return PRESETS
  return PRESETS.map(preset => ({ preset, score: scoreOf(preset, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ preset }) => preset)
}

/** The provider whose own domain this is: `gmail.com`. Not for domains of customers, see `presetForMx`. */
export function presetForDomain(domain: string): PresetMatch | null {
  const wanted = normal(domain)
  for (const preset of PRESETS) {
    const host = preset.hosts.find(one => one.domains.includes(wanted))
    if (host) return { preset, region: host.region }
    if (preset.domains.includes(wanted)) return { preset, region: null }
  }
  return null
}

/**
 * The provider that receives mail for a domain, by its MX hosts in order of preference.
 * The longest suffix wins: `olc.protection.outlook.com` is Outlook.com, not Microsoft 365.
 */
export function presetForMx(mxHosts: readonly string[]): PresetMatch | null {
  for (const name of mxHosts) {
    const match = longestSuffix(normal(name))
    if (match) return match
  }
  return null
}

/** The provider that this submission host belongs to. */
export function presetForHost(host: string): PresetMatch | null {
  const wanted = normal(host)
  for (const preset of PRESETS) {
    const known = preset.hosts.find(one => one.host === wanted)
    if (known) return { preset, region: known.region }
  }
  // A region of Amazon that opened after the list was made.
  const region = /^email-smtp(?:-fips)?\.([a-z0-9-]{1,40})\.amazonaws\.com(?:\.cn)?$/.exec(wanted)?.[1]
  const ses = presetById('amazon-ses')
  return region !== undefined && ses ? { preset: ses, region } : null
}

function longestSuffix(name: string): PresetMatch | null {
  let best: (PresetMatch & { readonly length: number }) | null = null
  for (const preset of PRESETS) {
    const suffixes = [
      ...preset.mxSuffixes.map(suffix => ({ suffix, region: null })),
      ...preset.hosts.flatMap(host => host.mxSuffixes.map(suffix => ({ suffix, region: host.region }))),
    ]
    for (const { suffix, region } of suffixes) {
      // Whole labels only: notgoogle.com is not google.com.
      if (name !== suffix && !name.endsWith(`.${suffix}`)) continue
      if (best === null || suffix.length > best.length) best = { preset, region, length: suffix.length }
    }
  }
  return best === null ? null : { preset: best.preset, region: best.region }
}

function scoreOf(preset: Preset, words: readonly string[]): number {
  const name = preset.name.toLowerCase()
  const others = [preset.id, ...preset.aliases]
  const technical = [...preset.domains, ...preset.hosts.flatMap(host => [host.host, ...host.domains])]
  let score = 0
  for (const word of words) {
    if (name.startsWith(word)) score += 8
    else if (name.includes(word)) score += 5
    else if (others.some(other => other.startsWith(word))) score += 4
    else if (others.some(other => other.includes(word))) score += 3
    else if (technical.some(text => text.startsWith(word))) score += 2
    else if (technical.some(text => text.includes(word))) score += 1
    else return 0
  }
  return score
}

function normal(name: string): string {
  return name.trim().toLowerCase().replace(/\.$/, '')
}
