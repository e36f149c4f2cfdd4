import { execFileSync, spawnSync } from 'node:child_process'
import { createSecureContext } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DEFAULT_TLS_LIMITS, printFloor, tlsLimitsOf } from '#shared/account/tls-limits.ts'
import { TLS_VERSIONS } from '#shared/account/tls-version.ts'
import { readPriorities } from '#shared/account/tls-priorities.ts'
import { composeSettings } from '#shared/msmtprc/compose-settings.ts'
import { contextLimits } from '#engine/tls/limits.ts'
import { createAuthority } from '../support/certificates.ts'
import { accountOf, runDiagnosis } from '../support/diagnose.ts'
import { answer, playServer } from '../support/played-server.ts'
import { msmtpInfo } from './support/msmtp-info.ts'
import { peerInstalled } from './support/peer.ts'

/* GnuTLS, which msmtp gives its `tls_priorities` to, and what we read out of them. */

const SCRIPT = `
import ctypes, json, sys
g = ctypes.CDLL("libgnutls.so.30")
g.gnutls_protocol_get_name.restype = g.gnutls_cipher_suite_info.restype = ctypes.c_char_p
p, e, l = ctypes.c_void_p(), ctypes.c_char_p(), ctypes.POINTER(ctypes.c_uint)()
if g.gnutls_priority_init(ctypes.byref(p), sys.argv[1].encode(), ctypes.byref(e)) != 0:
    print("null"); sys.exit()
n = g.gnutls_priority_protocol_list(p, ctypes.byref(l))
versions = [g.gnutls_protocol_get_name(l[i]).decode() for i in range(n)]
suites = []
for i in range(1000):
    index, octets = ctypes.c_uint(), (ctypes.c_ubyte * 2)()
    if g.gnutls_priority_get_cipher_suite_index(p, i, ctypes.byref(index)) == 0:
        g.gnutls_cipher_suite_info(index, octets, None, None, None, None)
        suites.append("%02X%02X" % tuple(octets))
print(json.dumps({"versions": versions, "suites": suites}))
`

const ready = peerInstalled('python3', 'openssl') && hasLibrary()

type Allowed = { readonly versions: readonly string[]; readonly suites: readonly string[] }

/** What GnuTLS allows with these priorities; null where it does not take them. */
function gnutls(priorities: string): Allowed | null {
  // The script prints this shape.
  return JSON.parse(execFileSync('python3', ['-c', SCRIPT, priorities], { encoding: 'utf8' })) as Allowed | null
}

/** Numbers of the suites of TLS 1.2 and older that an OpenSSL cipher list leaves. */
function openssl(list: string): ReadonlySet<string> {
  const lines = execFileSync('openssl', ['ciphers', '-V', '-s', list], { encoding: 'utf8' }).split('\n')
  return new Set(lines.flatMap(line => /0x(..),0x(..)/.exec(line)?.slice(1).join('') ?? []))
}

describe.skipIf(!ready)('tls_priorities', () => {
  test.each([
    'NORMAL:-VERS-ALL:+VERS-TLS1.2',
    'NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2',
    'NORMAL:-VERS-TLS-ALL:+VERS-TLS1.1:+VERS-TLS1.2',
    'SECURE128:-VERS-TLS1.0:-VERS-TLS1.1',
    'SECURE256:-VERS-ALL:+VERS-TLS1.3',
    'NORMAL:-VERS-TLS1.3:-VERS-TLS1.0:-VERS-TLS1.1',
    'PFS:-VERS-SSL3.0:-VERS-TLS1.0:-VERS-TLS1.1:-VERS-DTLS-ALL',
    ...TLS_VERSIONS.map(printFloor),
  ])('%s: the same versions', priorities => {
    const { min, max } = tlsLimitsOf({ tlsMin: null, ciphers: null, priorities })
    const ours = TLS_VERSIONS.filter(version => version >= min && version <= max).map(version => `TLS${version}`)
    expect(ours).toEqual(
      gnutls(priorities)
        ?.versions.filter(version => version.startsWith('TLS'))
        .toSorted(),
    )
    expect(readPriorities(priorities).unread).toEqual([])
  })

  test.each(['SECURE256', 'SECURE192', 'PFS', 'NORMAL:-RSA', 'NORMAL:-DHE-RSA:-RSA'])(
    '%s: no cipher that GnuTLS would not take either',
    priorities => {
      const allowed = new Set(gnutls(priorities)?.suites)
      const kept = new Set(gnutls('NORMAL')?.suites)
      const { ciphers } = readPriorities(priorities)
      const ours = openssl(ciphers ?? 'DEFAULT')
      // Suites that GnuTLS's NORMAL knows are kept or taken away alike; OpenSSL has some more, CBC with SHA-256 among them.
      expect([...ours].filter(suite => kept.has(suite) && !allowed.has(suite) && !suite.startsWith('13'))).toEqual([])
      expect(() => createSecureContext(contextLimits({ ...DEFAULT_TLS_LIMITS, ciphers }))).not.toThrow()
    },
  )
})

describe.skipIf(!peerInstalled('msmtp'))('a floor in an msmtprc', () => {
  test.each([
    ['1.2', true],
    ['1.3', false],
  ] as const)('of %s, at a server of TLS 1.2: %s, for msmtp and here', async (tlsMin, connects) => {
    const authority = await createAuthority()
    const identity = await authority.issue()
    const server = await playServer(async connection => {
      const encrypted = await connection.encrypt(identity, { maxVersion: 'TLSv1.2' }).then(
        () => true,
        () => false,
      )
      if (!encrypted) return
      connection.say('220 mail.lab.test')
      await answer(connection, { EHLO: ['250 mail.lab.test'], QUIT: ['221 bye'], '*': ['250 ok'] })
    })
    onTestFinished(() => server.stop())
    const { port } = server
    const { lines } = composeSettings(accountOf({ port, security: 'tls', tlsMin }), null)
    const priorities = lines.find(({ command }) => command === 'tls_priorities')?.value ?? ''
    const options = ['--tls', '--tls-starttls=off', '--tls-certcheck=off', `--tls-priorities=${priorities}`]
    expect((await msmtpInfo(port, options)).output.includes('SMTP server at')).toBe(connects)
    const ran = await runDiagnosis({ port, security: 'tls', tlsMin }, {}, { extraCa: authority.pem })
    expect(ran.states.encrypt).toBe(connects ? 'done' : 'failed')
  })
})

function hasLibrary(): boolean {
  const tried = spawnSync('python3', ['-c', 'import ctypes; ctypes.CDLL("libgnutls.so.30")'], { stdio: 'ignore' })
  if (tried.status === 0) return true
  if (process.env['CI'] !== undefined && process.env['CI'] !== '') throw new Error('libgnutls is not installed')
  console.warn('not installed: libgnutls; its tests are skipped')
  return false
}
