import { LIKELY, MAYBE, SURE, type Table } from '#shared/explain/row.ts'

/** What mail programs for the desk and the command line say in place of the server's or the library's words. */
export const MAIL_PROGRAMS: Table = {
  sources: ['https://murdok.org/wiki/fix-0x800ccc0f-error', 'https://irohastack.com/en/outlook-0x800ccc0e-4-en/'],
  rows: [
    ['dns-host-not-found', SURE, `0x800ccc0d | cannot find the e-mail server | ssmtp: unable to locate`],
    ['connect-refused', MAYBE, `ssmtp: cannot open`],
    [
      'connect-timeout-port-blocked',
      LIKELY,
      `0x800ccc0e | 0x80042108 | 0x80042109 | 0x80040213 | 80040213 | cannot connect to your outgoing`,
    ],
    ['connect-timeout-port-blocked', MAYBE, `0x800ccc19 | 0x8004210b`],
    ['server-shutting-down-or-idle-timeout', MAYBE, `0x800ccc0f | connection to the server was interrupted`],
    ['auth-bad-credentials', LIKELY, `0x800ccc18 | 0x800ccc92 | {unable to, cannot, could not} authenticate to`],
    ['auth-mechanism-unsupported', LIKELY, `0x800ccc80`],
    ['tls-implicit-on-starttls-port', MAYBE, `0x800ccc1a`],
    ['starttls-not-offered', LIKELY, `0x800ccc7d`],
    ['tls-protocol-too-old', LIKELY, `invalid ssl_version specified`],
  ],
}
