import { DIRECTIVES } from '#shared/msmtprc/directives.ts'
import type { ArgumentKind } from '#shared/msmtprc/argument.ts'

/*
 * Configuration files of our own: every command with every kind of argument, and every complaint that msmtp has.
 * In the tables ¦ stands between values and ⏎ for a line feed.
 */

const BASE = 'account default\nhost h.example\nfrom a@example.com\n'

/** For every command: quotes, blanks, cases, comments, and what looks like another kind of value. */
const ARGUMENTS = values`
¦""¦"¦"""¦" "¦on¦off¦auto¦ON¦yes¦"on"¦'on'¦on # remark¦on off¦x¦x y¦  x  ¦\tx\t¦"x" y¦x "y"¦""x""¦" x "¦a"b¦\\"x\\"¦#x
¦= x¦~¦~/x¦~root/x¦$HOME/x¦é¦日本¦\u00a0x¦x\u000by¦%U@%H¦%%U¦%x%C¦25¦025`

const ARGUMENTS_BY_KIND: Partial<Readonly<Record<ArgumentKind['kind'], readonly string[]>>> = {
  number: values`0¦1¦08¦0x19¦0X1f¦0x¦+25¦-25¦++2¦" 25"¦"25 "¦25x¦2 5¦2.5¦1e3¦65535¦65536¦2147483647¦2147483648¦99999999999999999999¦submission`,
  choice: values`smtp¦lmtp¦SMTP¦undisclosed_recipients`,
  auth: values`plain¦PLAIN¦login¦cram-md5¦digest-md5¦ntlm¦xoauth2¦oauthbearer¦scram-sha-1¦scram-sha-256¦scram-sha-512¦gssapi¦external¦plain login`,
  'dsn-notify': values`never¦failure¦FAILURE¦failure,delay¦delay,success,failure¦failure,failure¦failuredelay,¦failuredelay¦failure, delay¦,¦never,delay¦xfailure`,
  'dsn-return': values`headers¦full¦hdrs¦FULL¦headers,full`,
  syslog: values`LOG_USER¦LOG_MAIL¦LOG_LOCAL0¦LOG_LOCAL7¦LOG_LOCAL8¦LOG_LOCAL¦LOG_LOCAL00¦LOG_DAEMON¦log_mail`,
  fingerprint: [
    ...[16, 20, 31, 32].flatMap(count => [octets(count, ':'), octets(count, ' ')]),
    octets(20, '-'),
    octets(20, ''),
    `${octets(20, ':')}:`,
    octets(20, ':').replace('7f', '7g'),
    octets(20, ':').replace(':', ' '),
  ],
}

const FILES = values`
¦⏎¦# only a comment¦   # indented⏎\t#⏎¦host h¦host h\r⏎port 26\r⏎¦host h\rport 26\r¦\ufeffhost h⏎¦host h⏎⏎⏎  port   26  ⏎
¦HOST h⏎¦host⏎¦host=h⏎¦host = h⏎¦host: h⏎¦foo bar⏎¦host h⏎foo⏎¦password=secret-x⏎host h⏎¦host h\u0001⏎¦ho\u0001st h⏎
¦host h⏎user a\0b⏎port 26⏎¦\0⏎host h⏎¦host h⏎port 26\0¦host h⏎user a\0b\r⏎port 26⏎
¦defaults⏎¦defaults x⏎¦defaults ""⏎host h⏎account default⏎¦defaults⏎tls on⏎account default⏎host h⏎
¦account default⏎host h⏎defaults⏎port 77⏎¦account c⏎host h⏎defaults⏎port 77⏎account default : c⏎
¦defaults⏎host h⏎account a⏎account default : a⏎¦defaults⏎tls_trust_file⏎account default⏎host h⏎¦defaults⏎port 77⏎account a⏎host a⏎defaults⏎port 78⏎account default : a⏎
¦account⏎¦account ""⏎¦account " "⏎¦account a,b⏎¦account a:b⏎¦account "a:b"⏎¦account :⏎¦account a :⏎¦account a⏎account a⏎
¦account a⏎account a : a⏎¦account a⏎account "a"⏎¦account a : a⏎¦account a : z⏎¦account a⏎host a⏎account default:a⏎
¦account a⏎host a⏎account default\t:\t"a"⏎¦account a⏎host a⏎account b⏎port 77⏎account default : a , b⏎
¦account a⏎host a⏎account b⏎host b⏎account default : a,b⏎¦account a⏎host a⏎account default : a,⏎¦account a⏎account b : a,,a⏎
¦account a⏎account b : a : c⏎¦account two words⏎host h⏎account default : two words⏎¦account A⏎host h⏎account default : a⏎
¦account "x y"⏎host h⏎account default : "x y"⏎¦account ü⏎host h⏎account default : ü⏎¦account "a" : "b"⏎¦account a⏎host a⏎
¦host h⏎account default⏎¦host h⏎account a⏎host a⏎¦host h⏎tls on⏎tls_starttls off⏎¦host h⏎tls_starttls off⏎¦host h⏎tls on⏎port 465⏎
¦protocol lmtp⏎host h⏎¦protocol lmtp⏎host h⏎port 24⏎¦protocol lmtp⏎socket /x⏎¦socket /x⏎¦socket /x⏎host h⏎¦socket⏎host h⏎¦port 25⏎
¦proxy_host p⏎host h⏎¦proxy_host p⏎proxy_port 9⏎host h⏎¦proxy_host p⏎proxy_host⏎host h⏎¦host h⏎tls_key_file k⏎¦host h⏎tls_cert_file c⏎
¦host h⏎tls_cert_file c⏎tls_key_file ~/k⏎¦tls_key_file k⏎¦host h⏎tls on⏎tls_trust_file⏎¦host h⏎tls on⏎tls_trust_file⏎tls_certcheck off⏎
¦host h⏎tls on⏎tls_trust_file⏎tls_fingerprint ${octets(32, ':')}⏎¦host h⏎tls_crl_file c⏎¦host h⏎tls_crl_file c⏎tls_trust_file⏎
¦host h⏎auth on⏎user u⏎password p⏎¦host h⏎auth on⏎user u⏎password p⏎password⏎¦host h⏎auth on⏎user u⏎passwordeval echo secret⏎
¦host h⏎auth off⏎passwordeval echo secret⏎¦host h⏎auth on⏎password p⏎passwordeval echo secret⏎¦host h⏎auth⏎password ""⏎passwordeval echo secret⏎
¦host h⏎keepbcc⏎remove_bcc_headers on⏎¦account a⏎host h⏎keepbcc⏎account b⏎remove_bcc_headers⏎account default : a,b⏎
¦account a⏎host h⏎set_from_header on⏎account b⏎add_missing_from_header⏎account default : a,b⏎¦host h⏎add_missing_from_header off⏎set_from_header⏎
¦host h⏎auto_from⏎¦host h⏎auto_from on⏎maildomain example.org⏎from a@b⏎¦host h⏎auto_from on⏎maildomain⏎¦host h⏎auto_from⏎maildomain %H⏎
¦host h⏎from %U@%H⏎¦host h⏎from %U@%C%%x%⏎¦host h⏎from %M⏎¦host h⏎domain %U.%H.%C%x⏎¦domain %M⏎¦host h⏎auto_from⏎from %M⏎¦host h⏎from⏎
¦host h⏎from a@example.com⏎allow_from_override off⏎¦host h⏎allow_from_override off⏎¦host h⏎from q@x⏎allow_from_override off⏎
¦host h⏎syslog⏎syslog LOG_X⏎¦host h⏎dsn_notify never⏎dsn_notify x⏎¦host h⏎dsn_return full⏎dsn_return x⏎
¦host h⏎eval echo port 26⏎¦host h⏎eval echo⏎¦host h⏎eval⏎¦host h⏎eval ""⏎¦host h⏎eval "echo port 26"⏎¦host h⏎eval echo port⏎
¦eval echo account default⏎host h⏎¦host h⏎eval echo eval echo port 26⏎¦host h⏎eval echo user 'a b'  c⏎¦host h⏎eval echo "# x"⏎
¦eval echo defaults⏎port 7⏎account default⏎host h⏎¦host h⏎eval echo user a=b {x,y} % @ ! ^ + : / . , - _ = 1⏎¦host h⏎eval  echo  port   26 ⏎
¦account a⏎eval echo account a⏎¦eval echo foo⏎¦account a⏎host a⏎from User@Example.com⏎account b⏎host b⏎from a@example.com⏎
¦account a⏎host a⏎from *@example.com⏎account default⏎host d⏎¦account a⏎host a⏎from a+*@example.com⏎account default⏎host d⏎`

/** Around the limit of a line, in ASCII and in characters of two bytes, with each kind of line end. */
const LONG_FILES = [
  ...[493, 494, 495, 496, 1200].flatMap(length =>
    ['', '\n', '\r\n'].map(end => `host h\nuser ${'x'.repeat(length)}${end}`),
  ),
  ...[498, 499, 500, 501].map(length => `#${'x'.repeat(length - 1)}\nhost h\n`),
  `#${'x'.repeat(300)}\0${'y'.repeat(300)}\nhost h\n`,
  `host h\nuser ${'é'.repeat(247)}\n`,
  `host h\nuser ${'é'.repeat(248)}\n`,
]

/** For the choice of an account by its sender; few in a file, for the first that matches hides the others. */
const PATTERNS = values`*@b.com¦a?b@b.com¦a[+]b@b.com¦a+*¦a*b@c¦*+*@b.com¦a\\*¦a\\b*¦a\\b¦[!a-c]¦[a-c]¦[^a-c]x¦[[:alpha:]]¦[[:digit:]]x¦[¦a[b¦[]a]¦[]-a]y
¦[!]a]z¦?¦??x¦[é]¦??¦[[.a.]]¦[[=a=]]b¦[a-]¦[c-a]¦A*¦[\\]]¦[a\\¦a*\\¦[[:bad:]]¦[[:alpha:]¦[[:alpha]¦*[¦[a/b]¦?a¦user@x@example.com¦x@b@b¦x@b¦x¦x@¦@b¦é@b
¦x@y@z¦a@[c]¦a@c*¦x+y@b¦+¦+*¦*@¦*a*b*c*¦a**b¦%U@c.com¦*`
const SENDERS = values`¦u@b.com¦u+v@b.com¦.u@b.com¦a/b@b.com¦u@B.com¦a+b@b.com¦a+b¦a+b@c¦a*¦abc¦a\\b¦a¦b¦d¦[¦]¦-¦é¦É¦éx¦日¦1x¦/¦a[b¦ab\\¦:¦l¦x[¦/a¦user@x+y@example.com¦x@b+c
¦x+1@b¦X+1@B¦x+1¦x+1@¦+1@b¦@b¦É@b¦x+1@y@z¦a+b@[c]¦a+b@c*¦x+y+z@b¦@+¦xaxbxcx¦ab¦labuser@c.com`

export type CorpusFile = { readonly text: string; readonly args: readonly (readonly string[])[] }

export function corpus(): readonly CorpusFile[] {
  const commands = DIRECTIVES.filter(({ command }) => command !== 'eval').flatMap(({ command, argument: { kind } }) =>
    [...ARGUMENTS, ...(ARGUMENTS_BY_KIND[kind] ?? [])].map(argument => ({
      text: `${BASE}${command} ${argument}\n`,
      args: [[]],
    })),
  )
  const files = [...FILES, ...LONG_FILES].map(text => ({
    text,
    args: [[], ['-a', 'a'], ['--from=a@example.com'], ['-a', 'default', '--from=%U@x']],
  }))
  const args = SENDERS.map(sender => [`--from=${sender}`])
  const matching = chunks(PATTERNS, 5).map(patterns => ({
    text: [
      ...patterns.map((from, index) => `account ${index}\nhost h\nfrom ${from}\n`),
      'account default\nhost d\n',
    ].join(''),
    args,
  }))
  return [...commands, ...files, ...matching]
}

function values(strings: TemplateStringsArray, ...filled: readonly string[]): readonly string[] {
  const text = strings.map((part, index) => part + (filled[index] ?? '')).join('')
  return text
    .replaceAll(/\n¦/g, '¦')
    .split('¦')
    .map(value => value.replaceAll('⏎', '\n'))
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

function octets(count: number, separator: string): string {
  return Array.from({ length: count }, (_, index) => (index % 3 === 0 ? 'aB' : '7f')).join(separator)
}
