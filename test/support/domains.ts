import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { printDkimRecord } from '#engine/dkim/new-key.ts'
import type { Zone, ZoneRecord } from './zone-server.ts'

/** A domain where everything is right, with a policy worth a tree, and its sending address 192.0.2.10. */
export function perfectZone(tlsa = 'ab'.repeat(32)): Zone {
  const own = 'perfect.test'
  return {
    [own]: [
      ['NS', `ns.${own}`],
      ['MX', [10, `mx1.${own}`]],
      ['MX', [20, `mx2.${own}`]],
      ['TXT', `v=spf1 mx include:_spf.provider.test -all`],
      ['TXT', 'site-verification=0123456789'],
      ['CAA', [0, 'issue', 'ca.test']],
    ],
    [`ns.${own}`]: [['A', '127.0.0.1']],
    [`mx1.${own}`]: [['A', '192.0.2.10']],
    [`mx2.${own}`]: [['A', '192.0.2.11']],
    '_spf.provider.test': [['TXT', 'v=spf1 include:_a.provider.test ip4:198.51.100.0/24 ~all']],
    '_a.provider.test': [['TXT', 'v=spf1 ip6:2001:db8::/32 ~all']],
    [`_dmarc.${own}`]: [['TXT', `v=DMARC1; p=reject; np=reject; rua=mailto:dmarc@${own}`]],
    [`s1._domainkey.${own}`]: [['TXT', RSA_RECORD]],
    [`s2._domainkey.${own}`]: [['TXT', ED25519_RECORD]],
    '10.2.0.192.in-addr.arpa': [['PTR', `mx1.${own}`]],
    [`_mta-sts.${own}`]: [['TXT', 'v=STSv1; id=20261101']],
    [`mta-sts.${own}`]: [['A', '127.0.0.1']],
    [`_smtp._tls.${own}`]: [['TXT', `v=TLSRPTv1; rua=mailto:tls@${own}`]],
    [`_25._tcp.mx1.${own}`]: [['TLSA', [3, 1, 1, tlsa]]],
    [`default._bimi.${own}`]: [['TXT', `v=BIMI1; l=https://www.${own}/logo.svg`]],
  }
}

export const PERFECT_POLICY =
  'version: STSv1\r\nmode: enforce\r\nmx: mx1.perfect.test\r\nmx: mx2.perfect.test\r\nmax_age: 604800\r\n'

/** A domain where nothing is right. Its sending address is 203.0.113.77. */
export function hopelessZone(): Zone {
  const own = 'hopeless.test'
  const bundles = Array.from({ length: 4 }, (_, i) => bundle(i)).reduce((all, zone) => ({ ...all, ...zone }), {})
  return {
    ...bundles,
    [own]: [
      ['MX', [10, `alias.${own}`]],
      ['MX', [20, `gone.${own}`]],
      [
        'TXT',
        `v=spf1 a:old.${own} a:older.${own} mx:oldest.${own} include:b0.test include:b1.test include:b2.test include:b3.test include:closed.test ptr +all`,
      ],
      ['SPF', 'v=spf1 +all'],
    ],
    [`alias.${own}`]: [['CNAME', `real.${own}`]],
    [`real.${own}`]: [['A', '203.0.113.5']],
    'closed.test': [['A', '203.0.113.9']],
    [`_dmarc.${own}`]: [['TXT', 'v=DMARC1; p=none; pct=50; ri=3600; adkim=x; rua=mailto:reports@elsewhere.test']],
    'elsewhere.test': [['A', '203.0.113.10']],
    [`s1._domainkey.${own}`]: [['TXT', `${WEAK_RECORD}; t=y`]],
    [`selector1._domainkey.${own}`]: [['CNAME', `selector1.gone-provider.test`]],
    '77.113.0.203.in-addr.arpa': [['PTR', '77-113-0-203.pool.isp.test']],
    [`_mta-sts.${own}`]: [['TXT', 'v=STSv1; id=2026-11-01']],
    [`_smtp._tls.${own}`]: [['TXT', 'v=TLSRPTv1; rua=reports']],
    [`_25._tcp.alias.${own}`]: [['TLSA', [1, 0, 1, 'cd'.repeat(32)]]],
    [`default._bimi.${own}`]: [['TXT', 'v=BIMI1; l=http://hopeless.test/logo.png']],
    '77.113.0.203.zen.spamhaus.org': [['A', '127.0.0.4']],
    '77.113.0.203.bl.spamcop.net': [['A', '127.255.255.254']],
  }
}

function bundle(number: number): Zone {
  const record = (text: string): readonly ZoneRecord[] => [['TXT', text]]
  return {
    [`b${number}.test`]: record(`v=spf1 include:x${number}.test include:y${number}.test ~all`),
    [`x${number}.test`]: record(`v=spf1 ip4:198.51.${number}.0/24 ~all`),
    [`y${number}.test`]: record(`v=spf1 ip4:198.51.10${number}.0/24 ~all`),
  }
}

const RSA_RECORD = printDkimRecord(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey)
const ED25519_RECORD = printDkimRecord(generateKeyPairSync('ed25519').publicKey)
const WEAK_RECORD = printDkimRecord(createPublicKey(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey))
