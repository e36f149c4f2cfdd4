import type { Table } from '#shared/explain/row.ts'
import { ACCOUNTS } from '#shared/explain/tables/accounts.ts'
import { CERTIFICATES } from '#shared/explain/tables/certificates.ts'
import { CLIENT_SETTINGS } from '#shared/explain/tables/client-settings.ts'
import { FILTERS } from '#shared/explain/tables/filters.ts'
import { GMAIL } from '#shared/explain/tables/gmail.ts'
import { LIMITS } from '#shared/explain/tables/limits.ts'
import { MAIL_PROGRAMS } from '#shared/explain/tables/mail-programs.ts'
import { MESSAGE } from '#shared/explain/tables/message.ts'
import { MICROSOFT } from '#shared/explain/tables/microsoft.ts'
import { NAMES_AND_SOCKETS } from '#shared/explain/tables/names-and-sockets.ts'
import { OTHER_LANGUAGES } from '#shared/explain/tables/other-languages.ts'
import { RECEIVERS } from '#shared/explain/tables/receivers.ts'
import { RECIPIENT } from '#shared/explain/tables/recipient.ts'
import { SENDER } from '#shared/explain/tables/sender.ts'
import { SENDING_DOMAIN } from '#shared/explain/tables/sending-domain.ts'
import { SENDING_HOST } from '#shared/explain/tables/sending-host.ts'
import { SENDING_SERVICES } from '#shared/explain/tables/sending-services.ts'
import { SERVER_STATE } from '#shared/explain/tables/server-state.ts'
import { SESSION } from '#shared/explain/tables/session.ts'
import { SIGN_IN } from '#shared/explain/tables/sign-in.ts'
import { TLS } from '#shared/explain/tables/tls.ts'

/** Every wording that is known: receivers by name first, then what anybody may say. */
export const TABLES: readonly Table[] = [
  GMAIL,
  MICROSOFT,
  ...RECEIVERS,
  ...SENDING_SERVICES,
  FILTERS,
  NAMES_AND_SOCKETS,
  OTHER_LANGUAGES,
  MAIL_PROGRAMS,
  CLIENT_SETTINGS,
  TLS,
  CERTIFICATES,
  SIGN_IN,
  ACCOUNTS,
  SESSION,
  SENDER,
  RECIPIENT,
  SENDING_HOST,
  SENDING_DOMAIN,
  MESSAGE,
  LIMITS,
  SERVER_STATE,
]
