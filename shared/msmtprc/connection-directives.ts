import type { ArgumentKind } from '#shared/msmtprc/argument.ts'
import { type Directive, row } from '#shared/msmtprc/directive.ts'

const flag: ArgumentKind = { kind: 'flag', empty: 'on' }
const optional: ArgumentKind = { kind: 'text', empty: 'unset' }
const file: ArgumentKind = { kind: 'file', empty: 'unset' }
const structure: ArgumentKind = { kind: 'structure' }

/** What structures the file, and the way to the server: address, signing in, encryption. */
export const CONNECTION_DIRECTIVES: readonly Directive[] = [
  row(
    'account',
    null,
    structure,
    null,
    null,
    'Starts an account, with the defaults so far; `: a, b` also copies the settings of earlier accounts.',
  ),
  row('defaults', null, { kind: 'none' }, null, null, 'What follows is preset for every account that comes after.'),
  {
    ...row(
      'eval',
      null,
      structure,
      null,
      null,
      'Runs a shell command; the first line that it prints takes the place of this one.',
    ),
    since: '1.8.21',
  },

  row('host', 'host', { kind: 'text', empty: 'error' }, null, 'host', 'Name or address of the mail server.'),
  row(
    'port',
    'port',
    { kind: 'number', max: 65535, empty: 'error', off: false },
    null,
    'port',
    'Port of the server: 25 unless set, or 465 with TLS from the start.',
  ),
  {
    ...row('source_ip', 'source_ip', optional, null, 'sourceIp', 'Address of this machine to connect from.'),
    since: '1.6.8',
  },
  row('proxy_host', 'proxy_host', optional, null, 'proxy', 'SOCKS proxy that carries the whole connection.'),
  row(
    'proxy_port',
    'proxy_port',
    { kind: 'number', max: 65535, empty: 'unset', off: false },
    null,
    'proxy',
    'Port of the SOCKS proxy: 1080 unless set.',
  ),
  {
    ...row('socket', 'socket', optional, null, 'socket', 'Unix socket to connect to in place of host and port.'),
    since: '1.8.8',
  },
  row(
    'timeout',
    'timeout',
    { kind: 'number', max: 2 ** 31 - 1, empty: 'error', off: true },
    'off',
    'timeoutSeconds',
    'Seconds to wait for the network, or off for the limits of the system.',
  ),
  row(
    'protocol',
    'protocol',
    { kind: 'choice', choices: ['smtp', 'lmtp'], empty: '' },
    'smtp',
    'protocol',
    'smtp, or lmtp for local delivery.',
  ),
  row(
    'domain',
    'domain',
    { kind: 'text', empty: 'keep' },
    'localhost',
    'ehlo',
    'The name that this machine gives in EHLO.',
  ),

  row(
    'auth',
    'auth',
    { kind: 'auth' },
    'none',
    'auth',
    'Signing in: on chooses a method, off does not sign in, or name one.',
  ),
  row('user', 'user', optional, null, 'user', 'User name for signing in.'),
  {
    ...row('password', 'password', optional, null, null, 'The password itself, readable for whoever reads the file.'),
    secret: true,
  },
  row(
    'passwordeval',
    'passwordeval',
    optional,
    null,
    'secret',
    'Shell command whose first line of output is the password.',
  ),
  row('ntlmdomain', 'ntlmdomain', optional, null, 'ntlmDomain', 'Domain for the method ntlm.'),

  row('tls', 'tls', flag, 'off', 'security', 'Encrypts the connection.'),
  row(
    'tls_starttls',
    'tls_starttls',
    flag,
    'on',
    'security',
    'on begins in the clear and switches to TLS; off begins with TLS, as port 465 wants.',
  ),
  row(
    'tls_trust_file',
    'tls_trust_file',
    file,
    'system',
    'caFile',
    'Certification authorities to trust (PEM), or system for those of the system.',
  ),
  row('tls_crl_file', 'tls_crl_file', file, null, 'crlFile', 'List of revoked certificates (PEM).'),
  row(
    'tls_fingerprint',
    'tls_fingerprint',
    { kind: 'fingerprint' },
    null,
    'fingerprint',
    'Trusts the one certificate with this fingerprint, and no authority.',
  ),
  row('tls_key_file', 'tls_key_file', file, null, 'clientKeyFile', 'Private key of the client certificate (PEM).'),
  row(
    'tls_cert_file',
    'tls_cert_file',
    file,
    null,
    'clientCertFile',
    'Client certificate to show to the server (PEM).',
  ),
  row(
    'tls_certcheck',
    'tls_certcheck',
    flag,
    'on',
    'verifyCertificate',
    'off trusts any certificate, and so anyone on the way.',
  ),
  row('tls_priorities', 'tls_priorities', optional, null, 'priorities', 'Priority string of the TLS library.'),
  {
    ...row(
      'tls_host_override',
      'tls_host_override',
      optional,
      null,
      'hostOverride',
      'Host name that the certificate must carry, where it is not that of host.',
    ),
    since: '1.8.8',
  },
]
