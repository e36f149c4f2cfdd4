import { z } from 'zod'

/** What a mail server calls itself, compared with the address that receivers see. */
export const SaidName = z.object({
  /** `ehlo`: when it sends. `greeting`: in its 220 line, or the first line of its EHLO reply, when somebody connects. */
  where: z.enum(['ehlo', 'greeting']),
  name: z.string(),
  /** `elsewhere`: it has other addresses only. `not-a-name`: an address, `localhost` or one label. */
  state: z.enum(['ok', 'elsewhere', 'no-address', 'not-a-name', 'unknown']),
  addresses: z.array(z.string()),
})
export type SaidName = z.infer<typeof SaidName>
