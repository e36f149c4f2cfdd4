import type { FieldGroup } from '#shared/account/field.ts'

/** The groups of settings as a form's headings. */
export const GROUP_NAMES: Readonly<Record<FieldGroup, string>> = {
  connection: 'Connection',
  TLS: 'Encryption',
  'sign-in': 'Sign-in',
  sender: 'Sender',
  'delivery status': 'Delivery notices',
  headers: 'Headers',
  logging: 'Logging',
}
