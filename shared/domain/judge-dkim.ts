import { composeFinding, removeTxt, replaceTxt } from '#shared/domain/compose-finding.ts'
import type { DkimKeyReport } from '#shared/domain/report.ts'
import type { Finding } from '#shared/finding/finding.ts'
import type { DnsChange } from '#shared/fix/fix.ts'

/** RFC 8301 section 3.2: verifiers must not accept signatures of shorter keys. */
const ACCEPTED_BITS = 1024

export function judgeDkim(keys: readonly DkimKeyReport[]): readonly Finding[] {
  if (keys.length === 0) return [composeFinding('domain-dkim-none-seen', { facts: {} })]
  return keys.flatMap(key => [...judgeKey(key), ...(key.testing ? [judgeTesting(key)] : [])])
}

function judgeKey(key: DkimKeyReport): readonly Finding[] {
  const { name, selector, record } = key
  const evidence = record === null ? [key.detail] : record.split('\n').map(text => `${name} TXT "${text}"`)
  const facts = { name, selector, detail: key.detail ?? '', bits: key.bits ?? undefined }
  switch (key.state) {
    case 'ok':
    case 'unknown':
      return []
    case 'missing':
      return [
        key.delegatedTo === null
          ? composeFinding('domain-dkim-missing', { facts, evidence })
          : judgeDangling(key, key.delegatedTo),
      ]
    case 'weak': {
      const severity = (key.bits ?? 0) < ACCEPTED_BITS ? 'error' : 'warning'
      return [composeFinding('domain-dkim-weak', { facts, evidence, severity })]
    }
    case 'several': {
      const changes = (record ?? '')
        .split('\n')
        .slice(1)
        .map(text => removeTxt(name, text, 'one key per selector'))
      return [
        composeFinding('domain-dkim-unusable', { facts, evidence, repair: { label: 'Keep one of them', changes } }),
      ]
    }
    case 'malformed':
      return [composeFinding('domain-dkim-unusable', { facts, evidence })]
    case 'revoked':
      // An empty key is how an old selector is withdrawn: a fault only where mail is still signed with it.
      return [composeFinding('domain-dkim-unusable', { facts, evidence, severity: 'warning' })]
  }
}

function judgeTesting({ name, record }: DkimKeyReport): Finding {
  const old = record ?? ''
  const changes = [replaceTxt(name, old, withoutTesting(old), 'the key is used in earnest')]
  return composeFinding('domain-dkim-testing', {
    facts: { name },
    evidence: [`${name} TXT "${old}"`],
    repair: { label: 'End the test', changes },
  })
}

/** `t=y` goes, `t=y:s` becomes `t=s`. */
function withoutTesting(record: string): string {
  const tags = record.split(';').map(tag => tag.trim())
  const kept = tags.flatMap(tag => {
    const [, flags] = /^t\s*=(.*)$/.exec(tag) ?? []
    if (flags === undefined) return tag === '' ? [] : [tag]
    const others = flags.split(':').filter(flag => flag.trim() !== 'y')
    return others.length === 0 ? [] : [`t=${others.join(':')}`]
  })
  return kept.join('; ')
}

function judgeDangling({ name }: DkimKeyReport, target: string): Finding {
  const why = 'it points to a name without a key'
  const changes: DnsChange[] = [{ action: 'remove', name, type: 'CNAME', value: target, replaces: null, why }]
  return composeFinding('domain-dkim-dangling', {
    facts: { name, target },
    evidence: [`${name} CNAME ${target}`],
    repair: { label: 'Remove it, or set up the domain at the provider again', changes },
  })
}
