import { Security } from '#shared/account/account.ts'
import { escapeControls } from '#shared/escape.ts'
import { explain as explainText, type Explained, type ExplainInput } from '#shared/explain/explain.ts'
import { Stage } from '#shared/explain/stage.ts'
import { Problem } from '#shared/problem.ts'
import { type Command, type CommandIo, done } from './command.ts'
import { printFinding } from './print-report.ts'
import { readInput } from './account-file.ts'

/** A mail log of a busy day; what is longer is better cut to the hour in question. */
const LIMIT_BYTES = 16 * 1024 * 1024

export const explain: Command = {
  name: 'explain',
  summary: 'why something failed, from a pasted error, log, bounce or stack trace; no network',
  operands: '[FILE|-]',
  arity: [0, 1],
  options: {
    stage: { type: 'string', value: 'STAGE', choices: Stage.options, help: 'where in the session it happened' },
    host: { type: 'string', value: 'HOST', help: 'the mail server that was spoken to' },
    port: { type: 'number', value: 'PORT', help: 'its port' },
    security: { type: 'string', value: 'MODE', choices: Security.options, help: 'how the connection was encrypted' },
  },
  examples: [
    {
      line: 'explain error.txt --host smtp.gmail.com',
      shows: 'the class of the failure, how sure that is, what proves it, and what to do',
    },
  ],
  empty: { class: 'unknown', confidence: 0, stage: null, provider: null, findings: [], alternatives: [] },
  run: runExplain,
}

async function runExplain(io: CommandIo) {
  const name = io.operands[0] ?? '-'
  const bytes = name === '-' ? await io.readStdin(LIMIT_BYTES) : await readInput(name, LIMIT_BYTES)
  // Logs mix encodings; what is not UTF-8 becomes a replacement character, and the rest is still read.
  const explained = explainText({ text: bytes.toString('utf8'), ...contextOf(io) })
  const { class: means, confidence, stage, provider, findings, alternatives } = explained
  return done({ class: means, confidence, stage, provider, findings, alternatives }, printExplained(explained))
}

function contextOf({ options }: CommandIo): Omit<ExplainInput, 'text'> {
  const { stage, host, port, security } = options
  if (typeof port === 'number' && (!Number.isInteger(port) || port < 1 || port > 65_535)) {
    throw new Problem('usage', `${port} is no port`, { field: '--port', remedy: 'a number from 1 to 65535' })
  }
  return {
    stage: stage === undefined ? null : choice(Stage.safeParse(stage).data, '--stage', Stage.options),
    host: typeof host === 'string' ? host : null,
    port: typeof port === 'number' ? port : null,
    security: security === undefined ? null : choice(Security.safeParse(security).data, '--security', Security.options),
  }
}

function choice<Value>(value: Value | undefined, field: string, choices: readonly string[]): Value {
  if (value === undefined) throw new Problem('usage', `${field} must be one of ${choices.join(', ')}`, { field })
  return value
}

function printExplained(explained: Explained): string {
  const { class: means, confidence, stage, provider, findings, alternatives } = explained
  if (means === 'unknown') {
    return 'unknown: nothing in the text says why it failed. The lines around the error, or --stage, --host and --port, may help.'
  }
  const facts = [
    `${means} (${percent(confidence)} sure)`,
    ...(stage === null ? [] : [`stage ${stage}`]),
    ...(provider === null ? [] : [`said by ${provider}`]),
  ]
  const others = alternatives.map(other => `${other.class} (${percent(other.confidence)})`)
  return [
    facts.join(', '),
    ...findings.flatMap(finding => ['', ...printFinding(finding)]),
    ...(others.length === 0 ? [] : ['', `It could also be: ${others.join(', ')}`]),
  ]
    .flatMap(text => text.split('\n'))
    .map(escapeControls)
    .join('\n')
}

function percent(confidence: number): string {
  return `${Math.round(confidence * 100)} %`
}
