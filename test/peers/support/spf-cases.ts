import type { Zone } from '../../support/zone-server.ts'

export type SpfCase = {
  readonly record: string
  readonly zone: Zone
  readonly ip: string
  readonly mailFrom: string
  readonly helo: string
}

/** What the generated records lead to. */
export const SPF_HOSTS: Zone = {
  'h1.test': [
    ['A', '192.0.2.1'],
    ['AAAA', '2001:db8::1'],
  ],
  'h2.test': [
    ['A', '192.0.2.2'],
    ['A', '192.0.2.130'],
  ],
  'm.test': [
    ['MX', [10, 'h1.test']],
    ['MX', [20, 'h2.test']],
  ],
  'six.test': [
    ['AAAA', '2001:db8::2'],
    ['A', '198.51.100.6'],
  ],
  'alias.test': [['CNAME', 'h1.test']],
  'pass.test': [['TXT', 'v=spf1 ip4:192.0.2.0/25 ip6:2001:db8::/64 -all']],
  'soft.test': [['TXT', 'v=spf1 a:h1.test ~all']],
  'deep.test': [['TXT', 'v=spf1 include:pass.test include:soft.test ?all']],
  'bad.test': [['TXT', 'v=spf1 nonsense -all']],
  'twice.test': [
    ['TXT', 'v=spf1 -all'],
    ['TXT', 'v=spf1 +all'],
  ],
  'ann.x.test': [['A', '127.0.0.2']],
  '1.2.0.192.in-addr.arpa': [['PTR', 'h1.test']],
}

const TERMS = [
  'a:h1.test',
  'a:h2.test',
  'a:h2.test/25',
  'a:six.test',
  'a:alias.test',
  'mx:m.test',
  'mx:m.test/26',
  'ip4:192.0.2.0/30',
  'ip4:192.0.2.130',
  'ip6:2001:db8::/126',
  'include:pass.test',
  'include:soft.test',
  'include:deep.test',
  'exists:%{l}.x.test',
  'exists:%{l1r-}.x.test',
  'ptr:h1.test',
  'a:%{o1r}.test',
  'include:bad.test',
  'include:twice.test',
  'include:gone.test',
  'a:gone.test',
  'ip4:192.0.2.0/33',
  'a:h1',
  'mx',
  'x=y',
  'a:h1.test//64',
] as const
const ENDS = [
  '-all',
  '~all',
  '?all',
  '+all',
  '',
  'redirect=pass.test',
  'redirect=soft.test',
  'redirect=gone.test',
] as const
const IPS = [
  '192.0.2.1',
  '192.0.2.2',
  '192.0.2.130',
  '198.51.100.6',
  '203.0.113.9',
  '2001:db8::1',
  '2001:db8::2',
  '2001:db9::1',
] as const

/** The same cases each time: a linear congruential generator (Numerical Recipes) instead of chance. */
export function generateSpfCases(count: number): readonly SpfCase[] {
  let state = 20_261_121
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  const pick = <T>(choices: readonly T[]): T => choices[below(choices.length)] as T // an index below the length
  return Array.from({ length: count }, (_, i) => {
    const terms = Array.from({ length: below(6) }, () => `${pick(['', '', '', '-', '~', '?'])}${pick(TERMS)}`)
    const record = ['v=spf1', ...terms, pick(ENDS)].join(' ').trimEnd()
    const domain = `d${i}.test`
    return { record, zone: { [domain]: [['TXT', record]] }, ip: pick(IPS), mailFrom: `ann@${domain}`, helo: 'h1.test' }
  })
}
