import type { Capabilities } from '#shared/smtp/capabilities.ts'
import type { Reply } from '#shared/smtp/reply.ts'
import { printReply } from '#shared/smtp/reply-text.ts'

export const NO_CAPABILITIES: Capabilities = {
  size: null,
  pipelining: false,
  starttls: false,
  auth: [],
  dsn: false,
  etrn: false,
  eightBitMime: false,
  smtpUtf8: false,
  chunking: false,
  binaryMime: false,
  requireTls: false,
  enhancedStatusCodes: false,
  limits: null,
  lines: [],
}

/** Reads the reply to EHLO or LHLO. Unknown keywords stay in `lines` alone; of a keyword that comes twice the last counts. */
export function parseCapabilities(reply: Reply): Capabilities {
  const lines = printReply(reply).split('\n')
  // RFC 5321 section 4.1.1.1: the first line names the server, each further one holds a keyword and its parameters.
  return reply.text.slice(1).reduce<Capabilities>(withKeyword, { ...NO_CAPABILITIES, lines })
}

function withKeyword(seen: Capabilities, line: string): Capabilities {
  const words = line.trim().split(/[ \t]+/)
  const keyword = (words[0] ?? '').toUpperCase()
  const parameters = words.slice(1)
  // `AUTH=LOGIN` is how servers before RFC 2554 wrote it, and some still do for old clients.
  if (keyword.startsWith('AUTH=')) return { ...seen, auth: merge(seen.auth, [keyword.slice(5), ...parameters]) }
  switch (keyword) {
    case 'SIZE':
      return { ...seen, size: parseSize(parameters[0]) }
    case 'AUTH':
      return { ...seen, auth: merge(seen.auth, parameters) }
    case 'LIMITS':
      return { ...seen, limits: { ...seen.limits, ...parseLimits(parameters) } }
    case 'PIPELINING':
      return { ...seen, pipelining: true }
    case 'STARTTLS':
      return { ...seen, starttls: true }
    case 'DSN':
      return { ...seen, dsn: true }
    case 'ETRN':
      return { ...seen, etrn: true }
    case '8BITMIME':
      return { ...seen, eightBitMime: true }
    case 'SMTPUTF8':
      return { ...seen, smtpUtf8: true }
    case 'CHUNKING':
      return { ...seen, chunking: true }
    case 'BINARYMIME':
      return { ...seen, binaryMime: true }
    case 'REQUIRETLS':
      return { ...seen, requireTls: true }
    case 'ENHANCEDSTATUSCODES':
      return { ...seen, enhancedStatusCodes: true }
    default:
      return seen
  }
}

function merge(known: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...known, ...more.map(name => name.toUpperCase()).filter(name => name !== '')])]
}

// RFC 1870 section 4: without a number, or with 0, no fixed maximum is in force.
function parseSize(parameter: string | undefined): number {
  if (parameter === undefined || !/^\d{1,20}$/.test(parameter)) return 0
  return Math.min(Number(parameter), Number.MAX_SAFE_INTEGER)
}

function parseLimits(parameters: readonly string[]): Record<string, number | string> {
  return Object.fromEntries(
    parameters.flatMap(parameter => {
      const [name = '', value = ''] = parameter.split('=', 2)
      // A name such as `__proto__` would not become a property of its own.
      if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name)) return []
      return [[name.toUpperCase(), /^\d{1,15}$/.test(value) ? Number(value) : value]]
    }),
  )
}
