import { z } from 'zod'

/** A complete SMTP reply (RFC 5321 section 4.2). `text` holds each line behind its code, control characters escaped. */
export const Reply = z.object({
  code: z.int(),
  /** RFC 3463 status code at the start of the first line, such as `5.7.8`. */
  enhanced: z.string().nullable(),
  text: z.array(z.string()),
})
export type Reply = z.infer<typeof Reply>
