import type { ArgumentKind } from '#shared/msmtprc/argument.ts'
import { type Directive, row } from '#shared/msmtprc/directive.ts'

const flag: ArgumentKind = { kind: 'flag', empty: 'on' }
const optional: ArgumentKind = { kind: 'text', empty: 'unset' }
const file: ArgumentKind = { kind: 'file', empty: 'unset' }
const autoOff: ArgumentKind = { kind: 'choice', choices: ['auto', 'off'], empty: 'auto' }

/** What happens to a message and its envelope, and what is logged. */
export const MESSAGE_DIRECTIVES: readonly Directive[] = [
  row(
    'from',
    'from',
    { kind: 'text', empty: 'keep' },
    null,
    'from',
    'Envelope sender; ? * [ make it a pattern, %U %H %C %M are filled in.',
  ),
  {
    ...row(
      'allow_from_override',
      'allow_from_override',
      { kind: 'flag', empty: 'invalid' },
      'on',
      'allowFromOverride',
      'off keeps the envelope sender of the account, whatever the command line says.',
    ),
    since: '1.8.20',
  },
  {
    ...row(
      'from_full_name',
      'from_full_name',
      optional,
      null,
      'fromName',
      'Full name for a From header that msmtp adds.',
    ),
    since: '1.8.24',
  },
  {
    ...row(
      'set_from_header',
      'set_from_header',
      { kind: 'choice', choices: ['auto', 'on', 'off'], empty: 'auto' },
      'auto',
      'setFromHeader',
      'From header: auto adds a missing one, on always replaces it, off leaves it.',
    ),
    since: '1.8.8',
  },
  {
    ...row(
      'set_date_header',
      'set_date_header',
      autoOff,
      'auto',
      'setDateHeader',
      'Date header: auto adds a missing one.',
    ),
    since: '1.8.8',
  },
  {
    ...row(
      'set_msgid_header',
      'set_msgid_header',
      autoOff,
      'auto',
      'setMsgidHeader',
      'Message-ID header: auto adds a missing one.',
    ),
    since: '1.8.21',
  },
  {
    ...row(
      'set_to_header',
      'set_to_header',
      { kind: 'choice', choices: ['on', 'off', 'undisclosed_recipients'], empty: 'on' },
      'off',
      'undisclosedRecipients',
      'Puts one To header in the place of To, Cc and Bcc.',
    ),
    since: '1.8.29',
  },
  row(
    'remove_bcc_headers',
    'remove_bcc_headers',
    flag,
    'on',
    'removeBccHeaders',
    'Takes Bcc headers out before the message is sent.',
  ),
  {
    ...row(
      'undisclosed_recipients',
      'undisclosed_recipients',
      flag,
      'off',
      'undisclosedRecipients',
      'Puts "undisclosed-recipients:;" in the place of To, Cc and Bcc.',
    ),
    since: '1.8.11',
  },
  row(
    'dsn_notify',
    'dsn_notify',
    { kind: 'dsn-notify' },
    null,
    'dsnNotify',
    'When the mail system should report: never, or failure,delay,success.',
  ),
  row(
    'dsn_return',
    'dsn_return',
    { kind: 'dsn-return' },
    null,
    'dsnReturn',
    'How much of the message such a report carries: headers or full.',
  ),
  row('logfile', 'logfile', file, null, 'logFile', 'File that gets a line for each message.'),
  {
    ...row(
      'logfile_time_format',
      'logfile_time_format',
      optional,
      null,
      'logFileTimeFormat',
      'strftime format of the times in the log file.',
    ),
    since: '1.8.0',
  },
  row(
    'syslog',
    'syslog',
    { kind: 'syslog' },
    null,
    'syslog',
    'Logs to syslog: on, off, LOG_USER, LOG_MAIL or LOG_LOCAL0 to LOG_LOCAL7.',
  ),
  row('aliases', 'aliases', file, null, 'aliases', 'File that turns local names into addresses.'),
]
