import type { Security } from '#shared/account/account.ts'
import type { LookOptions } from '#engine/smtp/look.ts'
import type { DiagnosisEvent } from '#engine/diagnosis/diagnosis.ts'
import { serverInfo as look } from '#engine/smtp/server-info.ts'
import type { TlsVersion } from '#shared/diagnosis/tls-facts.ts'
import { CONNECTION_OPTIONS, done, failed, type Command } from './command.ts'
import { exitOfSteps } from './exit-of-steps.ts'
import { lookOptions, readHost } from './look-options.ts'
import { failureOf } from './server-failure.ts'
import { TLS_OPTIONS } from './tls-options.ts'

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
    ...TLS_OPTIONS,
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
    tlsLimits: null,
    dane: null,
    tlsVersions: null,
    findings: [],
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
    const judging = loadBeside()
    const [seen, tlsVersions] = await Promise.all([
      look({ host: given.host, port, security }, { ...options, onEvent: judging.onEvent }).finally(judging.now),
      io.options['tls-versions'] === true && security !== 'none'
        ? tryVersions(given.host, port, security, options)
        : null,
    ])
    const { info, steps } = seen
    const [{ findingsOf }, { printServerInfo }] = await judging.loaded
    const findings = await findingsOf(seen, tlsVersions)
    const json = { ...info, tlsVersions, findings }
    const text = printServerInfo(info, tlsVersions, findings)
    const failure = failureOf(steps)
    if (failure === null) return done(json, text)
    return failed(json, text, exitOfSteps(steps), failure.code, failure.message)
  },
}

/** By then a server that is near has answered everything; of one that is far the answer to EHLO is on its way. */
const LOAD_AFTER_MS = 20

/** Loads what judges a look while the network has the word, and at the latest once it is over. */
function loadBeside() {
  const { promise, resolve } = Promise.withResolvers<void>()
  let timer: NodeJS.Timeout | undefined
  const loaded = promise.then(() =>
    Promise.all([import('#service/looks/look-findings.ts'), import('./print-server-info.ts')]),
  )
  const onEvent = (event: DiagnosisEvent) => {
    if (event.kind === 'step-started' && event.id === 'encrypt') timer = setTimeout(resolve, LOAD_AFTER_MS)
  }
  const now = () => {
    clearTimeout(timer)
    resolve()
  }
  return { loaded, onEvent, now }
}

async function tryVersions(
  host: string,
  port: number,
  security: 'starttls' | 'tls' | 'if-offered',
  options: LookOptions,
): Promise<readonly TlsVersion[]> {
  const { tryTlsVersions } = await import('#engine/smtp/tls-versions.ts')
  return tryTlsVersions({ host, port, security: security === 'tls' ? 'tls' : 'starttls' }, options)
}

const DEFAULT_PORTS = { tls: 465, starttls: 587, none: 25, 'if-offered': 25 } as const
