/*
 * Issuers that security products and filtering proxies write into the certificates they make on the fly. Each pattern
 * is the product's own name, which no public CA carries.
 */
const INTERCEPTORS: readonly (readonly [pattern: RegExp, product: string])[] = [
  [/avast.{0,40}shield/i, 'Avast Mail Shield'],
  [/avg.{0,40}shield/i, 'AVG Mail Shield'],
  [/kaspersky/i, 'Kaspersky'],
  [/\bESET\b.{0,20}(?:SSL|Filter)/i, 'ESET SSL Filter'],
  [/bitdefender/i, 'Bitdefender'],
  [/\bnorton\b|symantec web/i, 'Norton'],
  [/mcafee/i, 'McAfee'],
  [/sophos/i, 'Sophos'],
  [/trend micro/i, 'Trend Micro'],
  [/dr\.?\s?web/i, 'Dr.Web'],
  [/\bG ?DATA\b/i, 'G DATA'],
  [/panda (?:security|adaptive)/i, 'Panda'],
  [/adguard/i, 'AdGuard'],
  [/fortinet|fortigate/i, 'a FortiGate firewall'],
  [/palo alto|pan-os/i, 'a Palo Alto firewall'],
  [/zscaler/i, 'Zscaler'],
  [/netskope/i, 'Netskope'],
  [/blue ?coat|symantec proxy/i, 'a Blue Coat proxy'],
  [/cisco umbrella|ironport/i, 'a Cisco proxy'],
  [/forcepoint|websense/i, 'Forcepoint'],
  [/barracuda/i, 'a Barracuda filter'],
  [/watchguard|fireware/i, 'a WatchGuard firewall'],
  [/sonicwall/i, 'a SonicWall firewall'],
  [/untangle/i, 'Untangle'],
  [/squid/i, 'a Squid proxy'],
  [/mitmproxy/i, 'mitmproxy'],
  [/charles proxy/i, 'Charles'],
  [/fiddler/i, 'Fiddler'],
  [/anti-?virus|(?:mail|web) shield/i, 'antivirus software'],
]

/** The product whose name stands in an issuer, or null. */
export function interceptorOf(issuer: string): string | null {
  return INTERCEPTORS.find(([pattern]) => pattern.test(issuer))?.[1] ?? null
}
