import { z } from 'zod'

/** Where in a session a text belongs. `delivery`: after the first server took the message; `config`: before any session. */
export const Stage = z.enum([
  'config',
  'dns',
  'connect',
  'greeting',
  'ehlo',
  'starttls',
  'tls',
  'auth',
  'mail',
  'rcpt',
  'data',
  'delivery',
])
export type Stage = z.infer<typeof Stage>
