/** Names and addresses of the machine itself (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3, RFC 6761 section 6.3). */
export function isLoopback(host: string): boolean {
  return /^(?:(?:[\w-]{1,63}\.){0,4}localhost\.?|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
}
