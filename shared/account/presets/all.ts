import type { Preset } from '#shared/account/preset.ts'
import { AMAZON_SES } from '#shared/account/presets/amazon-ses.ts'
import { GMAIL, GOOGLE_WORKSPACE_RELAY } from '#shared/account/presets/google.ts'
import { EASTERN_MAILBOXES } from '#shared/account/presets/mailboxes-eastern.ts'
import { FREE_FR, GANDI, INFOMANIAK, LAPOSTE, ORANGE_FR, OVH, SFR } from '#shared/account/presets/mailboxes-french.ts'
import {
  GMX,
  HETZNER,
  IONOS,
  MAILBOX_ORG,
  POSTEO,
  STRATO,
  T_ONLINE,
  WEB_DE,
} from '#shared/account/presets/mailboxes-german.ts'
import {
  ARUBA_PEC,
  FORWARD_EMAIL,
  GODADDY,
  MIGADU,
  ONE_COM,
  RACKSPACE,
} from '#shared/account/presets/mailboxes-hosting.ts'
import {
  AOL,
  FASTMAIL,
  ICLOUD,
  PROTON,
  PROTON_BRIDGE,
  YAHOO,
  ZOHO,
} from '#shared/account/presets/mailboxes-worldwide.ts'
import { AZURE_COMMUNICATION, MICROSOFT_365, OUTLOOK_COM } from '#shared/account/presets/microsoft.ts'
import { POSTFIX_LOCAL } from '#shared/account/presets/own-server.ts'
import { MORE_RELAY_SERVICES } from '#shared/account/presets/relay-services-more.ts'
import {
  BREVO,
  MAILGUN,
  MAILJET,
  POSTMARK,
  RESEND,
  SENDGRID,
  SMTP2GO,
  SPARKPOST,
} from '#shared/account/presets/relay-services.ts'

/** Every provider that is known, the ones that are asked for most often first. */
export const PRESETS: readonly Preset[] = [
  AMAZON_SES,
  GMAIL,
  GOOGLE_WORKSPACE_RELAY,
  MICROSOFT_365,
  OUTLOOK_COM,
  POSTFIX_LOCAL,
  SENDGRID,
  MAILGUN,
  POSTMARK,
  BREVO,
  MAILJET,
  SPARKPOST,
  RESEND,
  SMTP2GO,
  ...MORE_RELAY_SERVICES,
  AZURE_COMMUNICATION,
  YAHOO,
  AOL,
  ICLOUD,
  FASTMAIL,
  ZOHO,
  PROTON,
  PROTON_BRIDGE,
  GMX,
  WEB_DE,
  IONOS,
  STRATO,
  T_ONLINE,
  POSTEO,
  MAILBOX_ORG,
  HETZNER,
  OVH,
  GANDI,
  INFOMANIAK,
  ORANGE_FR,
  FREE_FR,
  SFR,
  LAPOSTE,
  GODADDY,
  RACKSPACE,
  ONE_COM,
  ARUBA_PEC,
  MIGADU,
  FORWARD_EMAIL,
  ...EASTERN_MAILBOXES,
]
