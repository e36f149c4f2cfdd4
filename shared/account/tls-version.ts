/** The versions of TLS that there are to limit a handshake to; SSL is spoken by nothing that this program is built on. */
export const TLS_VERSIONS = ['1.0', '1.1', '1.2', '1.3'] as const
export type TlsVersionNumber = (typeof TLS_VERSIONS)[number]

/** As OpenSSL, and Node with it, names them. */
export const PROTOCOL_NAMES = {
  '1.0': 'TLSv1',
  '1.1': 'TLSv1.1',
  '1.2': 'TLSv1.2',
  '1.3': 'TLSv1.3',
} as const satisfies Record<TlsVersionNumber, string>

/** `TLSv1` → `1.0`; null for what is no version of TLS. */
export function versionOfProtocol(protocol: string | null): TlsVersionNumber | null {
  return TLS_VERSIONS.find(version => PROTOCOL_NAMES[version] === protocol) ?? null
}

/** RFC 8996 and RFC 9325 section 3.1.1 retire what is older. */
export const USUAL_MIN: TlsVersionNumber = '1.2'

export function isRetired(protocol: string): boolean {
  const version = versionOfProtocol(protocol)
  return version !== null && version < USUAL_MIN
}
