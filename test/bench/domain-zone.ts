import { generateKeyPairSync } from 'node:crypto'

const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .publicKey.export({ type: 'spki', format: 'der' })
  .toString('base64')

export function domainName(index: number): string {
  return `d${index}.test`
}

/** A zone with so many domains, each with MX, SPF with three includes, DMARC, a DKIM key and MTA-STS. */
export function benchZone(domains: number): string {
  const head = `$ORIGIN test.
$TTL 300
@ SOA ns admin 1 3600 600 86400 60
@ NS ns
ns A 127.0.0.1
${[1, 2, 3].map(i => `_spf.p${i} TXT "v=spf1 ip4:198.51.${i}.0/24 ip6:2001:db8:${i}::/48 ~all"`).join('\n')}
`
  const each = Array.from(
    { length: domains },
    (_, i) => `d${i} MX 10 mx.d${i}
d${i} TXT "v=spf1 mx include:_spf.p1.test include:_spf.p2.test include:_spf.p3.test ~all"
mx.d${i} A 127.0.0.1
mx.d${i} AAAA ::1
_dmarc.d${i} TXT "v=DMARC1; p=reject; rua=mailto:dmarc@d${i}.test"
s1._domainkey.d${i} TXT "v=DKIM1; k=rsa; p=${KEY.slice(0, 200)}" "${KEY.slice(200)}"
_mta-sts.d${i} TXT "v=STSv1; id=20261101"
`,
  )
  return head + each.join('')
}
