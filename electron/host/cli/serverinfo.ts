import type { Security } from '#shared/account/account.ts'
import type { ServerChecks } from '#shared/diagnosis/server-checks.ts'
import { askServer, type Asked } from '#engine/smtp/ask-server.ts'
import type { WantedChecks } from '#engine/smtp/check-server.ts'
import type { DiagnosisEvent } from '#engine/diagnosis/diagnosis.ts'
import type { LookOptions, LookTarget } from '#engine/smtp/look.ts'
import { serverInfo as look } from '#engine/smtp/server-info.ts'
import type { TlsVersion } from '#shared/diagnosis/tls-facts.ts'
import type { SmtpSession } from '#engine/smtp/session.ts'
import { CONNECTION_OPTIONS, done, failed, type Command } from './command.ts'
import { exitOfSteps } from './exit-of-steps.ts'
import { lookOptions, readHost } from './look-options.ts'
import { failureOf } from './server-failure.ts'
import { CHECK_OPTIONS, readWanted } from './serverinfo-wanted.ts'
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
    ...CHECK_OPTIONS,
    ...CONNECTION_OPTIONS,
    ...TLS_OPTIONS,
  },
  examples: [
    {
      line: 'serverinfo smtp.example.org:587',
      shows: 'greets the server, turns TLS on and prints what it offers; no password and no message is sent',
    },
    {
      line: 'serverinfo mail.example.org --check-injection --check-relay someone@example.net',
      shows: 'whether your own server is at risk: only ask that of a server that you are responsible for',
    },
  ],
  empty: {
    host: null,
    port: null,
    security: null,
    address: null,
    canonicalName: null,
    attempts: [],
    banner: null,
    software: null,
    capabilities: { plain: null, tls: null },
    tls: null,
    tlsLimits: null,
    dane: null,
    injectedOctets: 0,
    tlsVersions: null,
    asked: null,
    checks: null,
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
    const named = io.options['security'] as Security | undefined
    const security = named ?? (given.port === 465 ? 'tls' : 'if-offered')
    const port = given.port ?? DEFAULT_PORTS[security]
    const wanted = readWanted(io)
    const options = await lookOptions(io)
    const target: LookTarget = { host: given.host, port, security }
    const answers: Asked[] = []
    const converse = async (session: SmtpSession) =>
      void answers.push(...(await askServer(session, wanted.questions, options.deadline)))
    const checked = wanted.injection || wanted.relay !== null
    const judging = loadBeside()
    const [seen, tlsVersions, checks] = await Promise.all([
      look(target, { ...options, converse, onEvent: judging.onEvent }).finally(judging.now),
      io.options['tls-versions'] === true && security !== 'none'
        ? tryVersions(given.host, port, security, options)
        : null,
      checked ? checkRisks(wanted, target, options) : null,
    ])
    const { info, steps } = seen
    const [{ checkFindings, findingsOf }, { daysLeft, printServerInfo }] = await judging.loaded
    const risks = checks === null ? [] : await checkFindings(checks, info)
    const findings = [...risks, ...(await findingsOf(seen, tlsVersions))]
    const words = checked || wanted.questions.length > 0 ? await loadChecks() : null
    const asked = wanted.questions.length === 0 ? null : (words?.explainAsked(answers) ?? null)
    const leaf = info.tls?.chain[0]
    const tls = info.tls === null ? null : { ...info.tls, daysLeft: leaf === undefined ? null : daysLeft(leaf) }
    const json = { ...info, tls, tlsVersions, asked, checks, findings }
    const more = words === null ? [] : [...words.printAsked(asked ?? []), ...words.printChecks(checks)]
    const text = printServerInfo(info, tlsVersions, more, findings)
    const failure = failureOf(steps)
    if (failure === null) return done(json, text)
    return failed(json, text, exitOfSteps(steps), failure.code, failure.message)
  },
}

/** To load what judges takes about this long. */
const LOADING_MS = 60

/** A server that only greets late has answered EHLO by then, and one that is far has not. */
const NEAR_MS = 20

/** Loads what judges while the answer to EHLO is on its way from a server that is far, else once the look is over. */
function loadBeside() {
  const { promise, resolve: now } = Promise.withResolvers<void>()
  const loaded = promise.then(() =>
    Promise.all([import('#service/looks/look-findings.ts'), import('./print-server-info.ts')]),
  )
  const onEvent = (event: DiagnosisEvent) => {
    const far =
      event.kind === 'step-ended' && event.step.id === 'connect' && (event.step.ms ?? 0) > LOADING_MS + NEAR_MS
    if (far) setTimeout(now, NEAR_MS).unref()
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

async function checkRisks(wanted: WantedChecks, target: LookTarget, options: LookOptions): Promise<ServerChecks> {
  const { checkServer } = await import('#engine/smtp/check-server.ts')
  return checkServer(wanted, target, options)
}

// Loaded only where it is asked for.
const loadChecks = () => import('./serverinfo-checks.ts')

const DEFAULT_PORTS = { tls: 465, starttls: 587, none: 25, 'if-offered': 25 } as const
