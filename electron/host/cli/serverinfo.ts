import type { Security } from '#shared/account/account.ts'
import type { LookOptions } from '#engine/smtp/look.ts'
import { serverInfo as look } from '#engine/smtp/server-info.ts'
import type { VersionTry } from '#engine/smtp/tls-versions.ts'
import { CONNECTION_OPTIONS, done, failed, type Command } from './command.ts'
import { exitOfSteps } from './exit-of-steps.ts'
import { lookOptions, readHost } from './look-options.ts'
import { printServerInfo } from './print-server-info.ts'
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
    'tls-versions': {
      type: 'boolean',
      help: 'also try which versions of TLS the server accepts, each on a connection of its own',
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
    dane: null,
    tlsVersions: null,
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
    const options = await lookOptions(io)
    const [{ info, steps }, tlsVersions] = await Promise.all([
      look({ host: given.host, port, security }, options),
      io.options['tls-versions'] === true && security !== 'none'
        ? tryVersions(given.host, port, security, options)
        : null,
    ])
    const json = { ...info, tlsVersions }
    const text = printServerInfo(info, tlsVersions)
    const failure = failureOf(steps)
    if (failure === null) return done(json, text)
    return failed(json, text, exitOfSteps(steps), failure.code, failure.message)
  },
}

async function tryVersions(
  host: string,
  port: number,
  security: 'starttls' | 'tls' | 'if-offered',
  options: LookOptions,
): Promise<readonly VersionTry[]> {
  const { tryTlsVersions } = await import('#engine/smtp/tls-versions.ts')
  return tryTlsVersions({ host, port, security: security === 'tls' ? 'tls' : 'starttls' }, options)
}

const DEFAULT_PORTS = { tls: 465, starttls: 587, none: 25, 'if-offered': 25 } as const
