import type { Security } from '#shared/account/account.ts'
import { NO_CAPABILITIES, type Capabilities } from '#shared/smtp/capabilities.ts'
import type { CertificateFacts } from '#shared/diagnosis/tls-facts.ts'
import { serverInfo as look, type ServerInfo } from '#engine/smtp/server-info.ts'
import { CONNECTION_OPTIONS, done, failed, type Command } from './command.ts'
import { exitOfSteps } from './exit-of-steps.ts'
import { lookOptions, readHost } from './look-options.ts'
import { failureOf } from './server-failure.ts'

export const serverinfo: Command = {
  name: 'serverinfo',
  summary: 'what a mail server offers, before and after TLS, and its certificate',
  operands: 'HOST[:PORT]',
  arity: [1, 1],
  options: {
    security: {
      type: 'string',
      value: 'HOW',
      choices: ['none', 'starttls', 'tls'],
      help: 'tls on port 465, else STARTTLS when offered, unless said otherwise',
    },
    ...CONNECTION_OPTIONS,
  },
  examples: [
    {
      line: 'serverinfo smtp.example.org:587',
      shows: 'greets the server, turns TLS on and prints what it offers; no password and no message is sent',
    },
  ],
  empty: {
    host: null,
    port: null,
    security: null,
    address: null,
    canonicalName: null,
    banner: null,
    software: null,
    capabilities: { plain: null, tls: null },
    tls: null,
    timings: {
      resolveMs: null,
      connectMs: null,
      greetingMs: null,
      ehloMs: null,
      starttlsMs: null,
      tlsMs: null,
      secondEhloMs: null,
      totalMs: null,
    },
  },
  run: async io => {
    const given = readHost(io.operands[0] ?? '')
    // `choices` let nothing else through.
    const asked = io.options['security'] as Security | undefined
    const security = asked ?? (given.port === 465 ? 'tls' : 'if-offered')
    const port = given.port ?? DEFAULT_PORTS[security]
    const { info, steps } = await look({ host: given.host, port, security }, await lookOptions(io))
    const failure = failureOf(steps)
    if (failure === null) return done(info, printServerInfo(info))
    return failed(info, printServerInfo(info), exitOfSteps(steps), failure.code, failure.message)
  },
}

const DEFAULT_PORTS = { tls: 465, starttls: 587, none: 25, 'if-offered': 25 } as const

function printServerInfo(info: ServerInfo): string {
  const { banner, software, capabilities, tls, timings } = info
  const place = info.address === null ? '' : ` (${[info.canonicalName, info.address].filter(Boolean).join(', ')})`
  return [
    `Server    ${info.host}${place}, port ${info.port}`,
    ...(banner === null ? [] : [`Greeting  ${banner}`]),
    ...(software === null ? [] : [`Software  ${software} (a guess)`]),
    ...(tls === null ? [] : printTls(tls)),
    ...(capabilities.plain === null ? [] : printCapabilities('Offered in plain text', capabilities.plain)),
    ...(capabilities.tls === null ? [] : printCapabilities('Offered behind TLS', capabilities.tls)),
    `Time      ${printTimings(timings)}`,
  ].join('\n')
}

function printTls(tls: NonNullable<ServerInfo['tls']>): readonly string[] {
  return [
    `TLS       ${tls.protocol ?? 'unknown'} ${tls.cipher ?? ''}`,
    `Trusted   ${tls.trusted ? 'yes' : `no: ${tls.reason ?? ''}`}`,
    ...tls.chain.flatMap((certificate, index) => printCertificate(certificate, index)),
  ]
}

function printCertificate(certificate: CertificateFacts, index: number): readonly string[] {
  const key = `${certificate.keyType}${certificate.keyBits === null ? '' : ` ${certificate.keyBits} bits`}`
  return [
    index === 0 ? 'Certificate' : `Certificate ${index + 1} of the chain`,
    `  Subject      ${certificate.subject}`,
    `  Issuer       ${certificate.issuer}`,
    ...(certificate.altNames.length === 0 ? [] : [`  Names        ${certificate.altNames.join(', ')}`]),
    `  Valid        ${certificate.notBefore} to ${certificate.notAfter}`,
    `  Key          ${key}, signed with ${certificate.signature ?? 'unknown'}`,
    `  Serial       ${certificate.serial}`,
    `  SHA-256      ${certificate.sha256}`,
    `  SHA-1        ${certificate.sha1} (deprecated)`,
  ]
}

function printCapabilities(title: string, offered: Capabilities): readonly string[] {
  const { size } = offered
  const flags = FLAGS.filter(([key]) => offered[key]).map(([, name, meaning]) => `  ${name.padEnd(20)} ${meaning}`)
  return [
    title,
    ...(size === null
      ? []
      : [
          `  ${'SIZE'.padEnd(20)} ${size === 0 ? 'messages of any size' : `${size} octets (${(size / 1048576).toFixed(2)} MiB)`}`,
        ]),
    ...flags,
    ...(offered.auth.length === 0 ? [] : [`  ${'AUTH'.padEnd(20)} ${offered.auth.join(' ')}`]),
    ...(offered === NO_CAPABILITIES || offered.lines.length === 0 ? ['  nothing: the server knows HELO only'] : []),
  ]
}

type Flag = { [K in keyof Capabilities]: Capabilities[K] extends boolean ? K : never }[keyof Capabilities]

const FLAGS: readonly (readonly [key: Flag, name: string, meaning: string])[] = [
  ['pipelining', 'PIPELINING', 'several commands in one packet'],
  ['starttls', 'STARTTLS', 'encryption on this port'],
  ['dsn', 'DSN', 'delivery status notifications on request'],
  ['etrn', 'ETRN', 'starting the queue for a domain on request'],
  ['eightBitMime', '8BITMIME', 'texts of eight-bit characters'],
  ['smtpUtf8', 'SMTPUTF8', 'addresses outside ASCII'],
  ['chunking', 'CHUNKING', 'messages in pieces, without dot-stuffing'],
  ['binaryMime', 'BINARYMIME', 'binary messages'],
  ['requireTls', 'REQUIRETLS', 'encryption on the whole way on request'],
  ['enhancedStatusCodes', 'ENHANCEDSTATUSCODES', 'reasons as numbers in replies'],
]

function printTimings(timings: ServerInfo['timings']): string {
  const parts = [
    ['resolve', timings.resolveMs],
    ['connect', timings.connectMs],
    ['greeting', timings.greetingMs],
    ['EHLO', timings.ehloMs],
    ['STARTTLS', timings.starttlsMs],
    ['TLS', timings.tlsMs],
    ['EHLO again', timings.secondEhloMs],
  ] as const
  const spent = parts.flatMap(([name, ms]) => (ms === null ? [] : [`${name} ${Math.round(ms)} ms`]))
  return [...spent, `total ${Math.round(timings.totalMs)} ms`].join(', ')
}
