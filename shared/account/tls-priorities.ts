import { TLS_VERSIONS, type TlsVersionNumber, USUAL_MIN } from '#shared/account/tls-version.ts'

/** What msmtp's `tls_priorities` comes to for a program with OpenSSL. */
export type ReadPriorities = {
  /** Null: it does not say. */
  readonly min: TlsVersionNumber | null
  readonly max: TlsVersionNumber | null
  /** As OpenSSL writes it; null: the library's own choice. */
  readonly ciphers: string | null
  /** The parts that only msmtp's own TLS library understands. */
  readonly unread: readonly string[]
}

/** Reads GnuTLS's form (its manual, "Priority Strings") and that of libtls, which has `PROTOCOLS=` or `CIPHERS=` in it. */
export function readPriorities(text: string): ReadPriorities {
  return /(?:^|\s)(?:PROTOCOLS|CIPHERS|ECDHECURVES)=/.test(text) ? readLibtls(text) : readGnutls(text)
}

const STRONG =
  'AESGCM:AESCCM:CHACHA20:!AES128:!AESCCM8:!aDSS:!PSK:!aNULL:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256'

/** First words of GnuTLS with the suites that they leave: null for all the usual ones, else as OpenSSL names the same. */
const KEYWORDS: ReadonlyMap<string, string | null> = new Map([
  ['NORMAL', null],
  ['PERFORMANCE', null],
  ['SECURE128', null],
  ['LEGACY', null],
  ['PFS', 'DEFAULT:!kRSA'],
  ['SECURE192', STRONG],
  ['SECURE256', STRONG],
])

/** What is taken away, by GnuTLS's and by OpenSSL's name; empty where OpenSSL has it no more, so that nothing is left to do. */
const TAKEN_AWAY: ReadonlyMap<string, string> = new Map([
  ['RSA', '!kRSA'],
  ['DHE-RSA', '!kDHE'],
  ['3DES-CBC', ''],
  ['ARCFOUR-128', ''],
  ['ARCFOUR-40', ''],
  ['MD5', ''],
])

function readGnutls(text: string): ReadPriorities {
  const [keyword = '', ...terms] = text.trim().split(/[:,]/)
  const base = KEYWORDS.get(keyword.toUpperCase())
  const unread = base === undefined && keyword !== '' ? [keyword] : []
  const allowed = new Set<TlsVersionNumber>(base === undefined && keyword !== '' ? [] : TLS_VERSIONS)
  const added = new Set<TlsVersionNumber>()
  const taken: string[] = []
  let versionsNamed = false
  for (const term of terms.filter(each => each !== '')) {
    const [, sign = '', name = ''] = /^([-+!])(.+)$/.exec(term.toUpperCase()) ?? []
    const versions = versionsOf(name)
    if (versions !== null) {
      versionsNamed = true
      for (const version of versions) {
        if (sign === '+') allowed.add(version)
        else allowed.delete(version)
        if (sign === '+') added.add(version)
      }
    } else if (sign !== '+' && TAKEN_AWAY.has(name)) taken.push(TAKEN_AWAY.get(name) ?? '')
    else unread.push(term)
  }
  const ciphers = [base ?? 'DEFAULT', ...taken].filter(each => each !== '').join(':')
  const range = versionsNamed ? rangeOf(allowed, added) : NO_RANGE
  return {
    ...(range ?? NO_RANGE),
    ciphers: ciphers === 'DEFAULT' ? null : ciphers,
    // OpenSSL takes a lowest and a highest version, and nothing in between can be missing.
    unread: range === null ? [...unread, ...terms.filter(term => /VERS-/i.test(term))] : unread,
  }
}

/** The versions of TLS that a term is about: none for SSL 3 and DTLS, which are not spoken here; null where it is about something else. */
function versionsOf(name: string): readonly TlsVersionNumber[] | null {
  if (name === 'VERS-ALL' || name === 'VERS-TLS-ALL') return TLS_VERSIONS
  const match = /^VERS-TLS(1\.[0-3])$/.exec(name)
  if (match) return TLS_VERSIONS.filter(version => version === match[1])
  return name.startsWith('VERS-DTLS') || name.startsWith('VERS-SSL') ? [] : null
}

type Range = Pick<ReadPriorities, 'min' | 'max'>

const NO_RANGE: Range = { min: null, max: null }

/** Null where the versions have a gap, or none is left. */
function rangeOf(allowed: ReadonlySet<TlsVersionNumber>, added: ReadonlySet<TlsVersionNumber>): Range | null {
  // Lower than the usual only where the string itself adds it: to take TLS 1.0 away is no wish for TLS 1.1.
  const lowest = TLS_VERSIONS.find(version => version >= USUAL_MIN || added.has(version)) ?? USUAL_MIN
  const meant = TLS_VERSIONS.filter(version => allowed.has(version) && version >= lowest)
  const [min] = meant
  const max = meant.at(-1)
  if (min === undefined || max === undefined) return null
  const gap = meant.length !== TLS_VERSIONS.indexOf(max) - TLS_VERSIONS.indexOf(min) + 1
  return gap ? null : { min, max }
}

// libtls: `PROTOCOLS=TLSv1.2,TLSv1.3 CIPHERS=ECDHE-RSA-AES128-SHA256 ECDHECURVES=P-384` (msmtp's manual).
function readLibtls(text: string): ReadPriorities {
  const parts = text.trim().split(/\s+/)
  const valueOf = (name: string) => parts.find(part => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? null
  const protocols = valueOf('PROTOCOLS')
  const named = new Set(
    TLS_VERSIONS.filter(version => protocols?.toLowerCase().split(/[,:]/).includes(`tlsv${version}`)),
  )
  const range = protocols === null ? NO_RANGE : rangeOf(named, named)
  const ciphers = valueOf('CIPHERS')
  // libtls's own words for whole lists, which OpenSSL does not know.
  const ownWord = ciphers !== null && /^(?:secure|default|compat|legacy|insecure|all)$/i.test(ciphers)
  return {
    ...(range ?? NO_RANGE),
    ciphers: ownWord ? null : ciphers,
    unread: parts.filter(
      part =>
        !/^(?:PROTOCOLS|CIPHERS)=/.test(part) ||
        (part.startsWith('PROTOCOLS=') && range === null) ||
        (part.startsWith('CIPHERS=') && ownWord),
    ),
  }
}
