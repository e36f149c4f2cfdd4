/**
 * Addresses inside somebody's network: RFC 1918, shared (RFC 6598), link-local (RFC 3927, RFC 4291 section 2.5.6) and
 * unique local ones (RFC 4193). Those of the machine itself are `isLoopback`'s.
 */
export function isPrivate(address: string): boolean {
  return /^(?:(?:::ffff:)?(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.)|f[cd]|fe80:)/i.test(
    address,
  )
}
