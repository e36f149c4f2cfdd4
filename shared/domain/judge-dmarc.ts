import { addTxt, composeFinding, removeTxt, replaceTxt } from '#shared/domain/compose-finding.ts'
import { mendDmarc } from '#shared/domain/mend-record.ts'
import type { DmarcRecord, DmarcReport } from '#shared/domain/dmarc.ts'
import type { Finding } from '#shared/finding/finding.ts'
import type { DnsChange } from '#shared/fix/fix.ts'

/** @param domain the From domain */
export function judgeDmarc(domain: string, dmarc: DmarcReport): readonly Finding[] {
  if (dmarc.state === 'unknown') return []
  const several = dmarc.state === 'several' ? judgeSeveral(domain, dmarc) : []
  const { tags, at } = dmarc
  if (tags === null || at === null) return dmarc.state === 'several' ? several : [judgeMissing(domain)]
  const name = `_dmarc.${at}`
  const evidence = [`${name} TXT "${tags.text}"`]
  const faults = [...tags.faults, ...tags.unknown.map(tag => `the tag "${tag}" is not known`)]
  const found: Finding[] = [...several]
  if (faults.length > 0) {
    // Without a policy that can be read and without reports, receivers do not apply DMARC at all (RFC 9989 section 4.10.1).
    const severity = dmarc.policy === null ? 'error' : 'warning'
    const changes = [replaceTxt(name, tags.text, mendDmarc(tags.text), 'only what receivers understand')]
    const repair = { label: 'Mend the record', changes }
    const facts = { domain: at, detail: faults.join('; ') }
    found.push(composeFinding('domain-dmarc-faulty', { facts, evidence, severity, repair }))
  }
  if (dmarc.policy === 'none' && !tags.policyFault) {
    const repair = {
      label: 'Tighten it, once the reports show that your own mail passes',
      changes: tightened(at, tags),
    }
    found.push(composeFinding('domain-dmarc-only-watches', { facts: { domain }, evidence, repair }))
  }
  if (tags.p === 'none' && tags.rua.length === 0 && tags.psd !== 'y' && faults.length === 0) {
    const value = withReports(tags.text, at)
    const changes = [replaceTxt(name, tags.text, value, 'receivers send a summary every day')]
    found.push(
      composeFinding('domain-dmarc-no-reports', {
        facts: { domain: at },
        evidence,
        repair: { label: 'Have reports sent', changes },
      }),
    )
  }
  if (tags.obsolete.length > 0) {
    const partly = tags.obsolete.some(tag => /^pct=(?!100$)/.test(tag))
    const why = `RFC 9989 has no such tags${partly ? '; without pct the policy is for all mail, everywhere' : ''}`
    const changes = [replaceTxt(name, tags.text, withoutTags(tags.text, tags.obsolete), why)]
    const facts = { domain: at, tags: tags.obsolete.join(', ') }
    found.push(
      composeFinding('domain-dmarc-old-tags', { facts, evidence, repair: { label: 'Take them away', changes } }),
    )
  }
  return [...found, ...judgeDestinations(dmarc, at)]
}

function withReports(text: string, at: string): string {
  return `${text.replace(/[;\s]+$/, '')}; rua=mailto:postmaster@${at}`
}

/** From watching to quarantine: the next step, not the last. A domain that applies `sp` or `t` has them raised too. */
function tightened(at: string, { text, rua }: DmarcRecord): DnsChange[] {
  const name = `_dmarc.${at}`
  const parts = text.split(';').map(part => part.trim())
  const kept = parts.filter(part => part !== '' && !/^(?:p|sp|np|t)\s*=/.test(part))
  const [version = 'v=DMARC1', ...rest] = kept
  const value = [version, 'p=quarantine', ...rest].join('; ')
  return [
    replaceTxt(
      name,
      text,
      rua.length === 0 ? withReports(value, at) : value,
      'mail that fails goes to the spam folder',
    ),
  ]
}

function judgeMissing(domain: string): Finding {
  const value = `v=DMARC1; p=none; rua=mailto:postmaster@${domain}`
  const changes = [addTxt(`_dmarc.${domain}`, value, 'to begin with: watch, and have reports sent')]
  return composeFinding('domain-dmarc-missing', {
    facts: { domain },
    repair: { label: 'Publish a DMARC record', changes },
  })
}

function judgeSeveral(domain: string, dmarc: DmarcReport): Finding[] {
  const name = `_dmarc.${domain}`
  const records = dmarc.tags === null ? (dmarc.record ?? '').split('\n') : []
  const changes = records.slice(1).map(record => removeTxt(name, record, 'only one record may stand there'))
  const evidence = records.map(record => `${name} TXT "${record}"`)
  return [
    composeFinding('domain-dmarc-several', {
      facts: { domain },
      evidence,
      repair: { label: 'Keep the first', changes },
    }),
  ]
}

function judgeDestinations(dmarc: DmarcReport, at: string): readonly Finding[] {
  return dmarc.destinations
    .filter(({ authorized }) => authorized === false)
    .map(({ uri, domain }) => {
      const name = `${at}._report._dmarc.${domain}`
      const changes = [addTxt(name, 'v=DMARC1', `published by ${domain}: it takes reports about ${at}`)]
      const facts = { uri, destination: domain, domain: at }
      return composeFinding('domain-dmarc-destination', {
        facts,
        repair: { label: `Ask ${domain} to publish this`, changes },
      })
    })
}

function withoutTags(text: string, tags: readonly string[]): string {
  const names = tags.map(tag => tag.slice(0, tag.indexOf('=')))
  const parts = text.split(';').map(part => part.trim())
  return parts.filter(part => part !== '' && !names.includes((part.split('=')[0] ?? '').trim())).join('; ')
}
