import { answer, type PlayedConnection } from '../../../support/played-server.ts'
import { createAuthority } from '../../../support/certificates.ts'
import { drip, EHLO, flood, GREETING, identity, upToTls, type Part } from './parts.ts'

export type Attack = { readonly name: string; readonly part: Part }

const MIB = Buffer.alloc(1024 * 1024, 'x')
const stranger = await (await createAuthority()).issue()

/** Greets, and answers EHLO with this; then it listens on. */
const toEhlo =
  (reply: (connection: PlayedConnection) => Promise<void> | void): Part =>
  async connection => {
    connection.say(GREETING)
    await connection.line()
    await reply(connection)
    await connection.gone()
  }

/** Says this at once, and listens on. */
const says =
  (octets: string | Buffer): Part =>
  connection => {
    connection.raw(octets)
    return connection.gone()
  }

const behindTls =
  (part: Part): Part =>
  async connection => {
    await upToTls(connection)
    await connection.encrypt(identity).catch(() => {})
    await part(connection)
  }

let shown = 0

/** Every hostile case, as far as it can be met without signing in; each is measured for its memory and its time. */
export const ATTACKS: readonly Attack[] = [
  { name: '64 KiB without a line end', part: says(Buffer.alloc(65_536, 'A')) },
  { name: 'a line without end', part: connection => flood(connection, MIB) },
  {
    name: 'endless multi-line replies',
    part: connection => flood(connection, Buffer.from(`220-${'x'.repeat(500)}\r\n`.repeat(100))),
  },
  { name: 'NUL and control bytes', part: toEhlo(says('250-a\0b\x07c\x1bd\r\n250 \x7f\u009b\r\n')) },
  { name: 'bare LF', part: toEhlo(says('250-mail.lab.test\n250 SIZE 5\n')) },
  { name: 'bare CR', part: toEhlo(says('250-a\r250 b\r')) },
  {
    name: 'replies split at every byte',
    part: toEhlo(async connection => {
      for (const character of '250-mail.lab.test\r\n250 SIZE 77\r\n') {
        connection.raw(character)
        await new Promise(resolve => setImmediate(resolve))
      }
    }),
  },
  { name: 'several replies in one packet', part: says(`${GREETING}\r\n250-mail\r\n250 SIZE\r\n221 bye\r\n250 ok\r\n`) },
  {
    name: 'replies that nobody asked for, without end',
    part: connection => {
      connection.say(GREETING)
      return flood(connection, Buffer.from('250 ok\r\n'.repeat(10_000)))
    },
  },
  { name: 'mixed codes', part: toEhlo(says('250-mail.lab.test\r\n550 no\r\n')) },
  { name: 'codes outside 200-599', part: toEhlo(says('199 a\r\n600 b\r\n999 c\r\n000 d\r\n')) },
  { name: 'a banner of HTTP', part: says('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n') },
  { name: 'a banner of SSH', part: says('SSH-2.0-OpenSSH_9.2\r\n') },
  { name: 'a banner of FTP', part: says('220 (vsFTPd 3.0.5)\r\n') },
  { name: 'a banner of IMAP', part: says('* OK [CAPABILITY IMAP4rev1] ready\r\n') },
  { name: 'a TLS alert', part: says(Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x0a])) },
  { name: '421 in place of the greeting', part: says('421 4.3.2 closing\r\n') },
  {
    name: '421 in place of STARTTLS',
    part: async connection => {
      connection.say(GREETING)
      await answer(connection, { EHLO, STARTTLS: ['421 4.3.2 closing'] }, ['STARTTLS'])
      connection.close()
    },
  },
  {
    name: 'half-close',
    part: connection => {
      connection.say(GREETING)
      connection.close()
      return connection.gone()
    },
  },
  { name: 'reset', part: toEhlo(connection => connection.reset()) },
  { name: 'drip feed of a byte a second', part: drip('220 mail.lab.test ESMTP and a long name\r\n') },
  { name: 'drip feed in an EHLO reply', part: toEhlo(drip('250-mail.lab.test\r\n250 AUTH PLAIN\r\n')) },
  {
    name: 'drip feed in the TLS handshake',
    part: async connection => {
      await upToTls(connection)
      await drip('\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03')(connection)
    },
  },
  {
    name: 'plaintext behind the STARTTLS reply, without end',
    part: async connection => {
      await upToTls(connection)
      await flood(connection, Buffer.from('250 injected\r\n'.repeat(10_000)))
    },
  },
  {
    name: 'plaintext injected behind the STARTTLS reply',
    part: async connection => {
      connection.say(GREETING)
      await answer(connection, { EHLO }, ['EHLO'])
      await connection.line()
      connection.raw('220 go\r\n250-injected\r\n250 AUTH PLAIN X-EVIL\r\n')
      await connection.encrypt(identity).catch(() => {})
      await answer(connection, { EHLO: ['250 mail.lab.test'], '*': ['250 ok'] })
    },
  },
  {
    name: 'capabilities that change after TLS',
    part: behindTls(connection => answer(connection, { EHLO: ['250 AUTH GSSAPI'], '*': ['250 ok'] })),
  },
  {
    name: 'STARTTLS stripped',
    part: async connection => {
      connection.say(GREETING)
      await answer(connection, { EHLO: ['250-mail.lab.test', '250 AUTH PLAIN'], '*': ['502 no'] })
    },
  },
  {
    name: 'STARTTLS mangled by a middlebox',
    part: async connection => {
      connection.say('220 ***************')
      await answer(connection, { EHLO: ['250-mail.lab.test', '250-XXXXXXXA', '250 AUTH PLAIN'], '*': ['502 no'] })
    },
  },
  {
    name: 'a server that demands AUTH in the clear',
    part: async connection => {
      connection.say(GREETING)
      await answer(connection, { EHLO: ['250-mail.lab.test', '250 AUTH PLAIN'], '*': ['530 5.7.0 sign in first'] })
    },
  },
  {
    name: 'a certificate that changes between connections',
    part: async connection => {
      await upToTls(connection)
      await connection.encrypt([identity, stranger][shown++ % 2] ?? identity).catch(() => {})
      await answer(connection, { EHLO: ['250 mail.lab.test'], '*': ['250 ok'] })
    },
  },
  {
    name: 'an EHLO of thousands of lines',
    part: toEhlo(says(`${'250-X-SPAM\r\n'.repeat(5000)}250 X-END\r\n`)),
  },
  {
    name: 'an EHLO of endless lines of the greatest length',
    part: toEhlo(connection => flood(connection, Buffer.from(`250-${'x'.repeat(8000)}\r\n`.repeat(20)))),
  },
  { name: 'octets inside TLS without end', part: behindTls(connection => flood(connection, MIB)) },
  {
    name: 'a chain of hundreds of certificates',
    part: async connection => {
      await upToTls(connection)
      await connection.encrypt({ ...identity, cert: identity.cert.repeat(300) }).catch(() => {})
    },
  },
  {
    name: 'escape sequences aimed at the terminal or the page',
    part: toEhlo(says('250-\x1b]0;owned\x07<img src=x onerror=alert(1)>\r\n250 \x1b[2J\u009b31m\u202etxt\r\n')),
  },
]
