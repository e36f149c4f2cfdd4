import { z } from 'zod'

/** What an EHLO reply offers (RFC 5321 section 4.1.1.1). After HELO only, `lines` is empty and everything is false or null. */
export const Capabilities = z.object({
  /** RFC 1870: null when SIZE is not offered, 0 when it is without a limit; octets. */
  size: z.number().nullable(),
  pipelining: z.boolean(),
  starttls: z.boolean(),
  /** Mechanisms in upper case in the server's order, `AUTH=` (old Outlook form) merged. */
  auth: z.array(z.string()),
  dsn: z.boolean(),
  etrn: z.boolean(),
  eightBitMime: z.boolean(),
  smtpUtf8: z.boolean(),
  chunking: z.boolean(),
  binaryMime: z.boolean(),
  requireTls: z.boolean(),
  enhancedStatusCodes: z.boolean(),
  /** RFC 9422 limits by name, as numbers where they are numbers. */
  limits: z.record(z.string(), z.union([z.number(), z.string()])).nullable(),
  /** The reply's lines as sent, `250-…`, control characters escaped. */
  lines: z.array(z.string()),
})
export type Capabilities = z.infer<typeof Capabilities>
