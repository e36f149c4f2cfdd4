import { STEP_IDS } from '#shared/diagnosis/step-ids.ts'
import type { StepId } from '#shared/diagnosis/step.ts'
import { explain, type Explained } from '#shared/explain/explain.ts'
import type { TestThere } from '#shared/report/run-it-there.ts'
import { readToolLines, type ToolLine } from '#shared/report/tool-lines.ts'

/** How far the test came on the other machine, as far as its output tells. */
export type StationThere = {
  readonly id: StepId
  readonly state: 'done' | 'failed' | 'unknown'
  /** The line that says so. */
  readonly line: string | null
}

export type ReadThere = {
  readonly stations: readonly StationThere[]
  /** What went wrong, by the same rules as everything else; `unknown` where nothing did. */
  readonly explained: Explained
  /** Whether there was a session, or an error, in the text at all. */
  readonly recognised: boolean
  /** The tool itself could not do its work there: that says nothing about the server. */
  readonly toolProblem: string | null
}

/** What a tool printed on another machine, read back into stations and judged. Pure; no network. */
export function readThere(text: string, test: Pick<TestThere, 'host' | 'port' | 'security'>): ReadThere {
  const lines = readToolLines(text)
  const toolProblem = lines.find(line => TOOL_LACKS.test(line.text))?.text ?? null
  if (toolProblem !== null) return { stations: [], explained: explain({ text: '' }), recognised: true, toolProblem }
  const walked = walk(lines, test.security)
  const failed = [...walked.values()].find(({ state }) => state === 'failed')
  const { host, port, security } = test
  // What a server offers and a tool remarks holds words such as "certificate" or "OAuth": no reason begins there.
  const complaints = lines.filter(complains).map(line => line.text)
  const worked = failed === undefined && reached(walked) !== null
  const said = complaints.length > 0 ? complaints.join('\n') : worked ? '' : text
  const explained = explain({ text: said, host, port, security })
  const at = explained.findings[0]?.step ?? null
  const stations = STEP_IDS.filter(id => id !== 'domain').map(id => {
    const seen = walked.get(id)
    if (seen) return seen
    const evidence = explained.findings[0]?.evidence[0] ?? null
    if (!failed && id === at) return { id, state: 'failed', line: evidence } as const
    return { id, state: 'unknown', line: null } as const
  })
  return {
    stations: fillBefore(stations),
    explained,
    recognised: walked.size > 0 || explained.class !== 'unknown',
    toolProblem,
  }
}

function complains({ from, text }: ToolLine): boolean {
  return from === 'error' || (from === 'server' ? /^[45]\d\d/.test(text) : from === 'note' && ERROR.test(text))
}

const ERROR = /error|fail|refused|timed? out|unreachable|could not|cannot|unable|\*\* \d|num=\d/i

const TOOL_LACKS =
  /requires Net::SSLeay|command not found|is not recognized as (?:an|the name)|No module named|not installed/i

type Walked = Map<StepId, StationThere>

const RESOLVE_FAILED =
  /could not resolve|name or service not known|no such host|invalid hostname|getaddrinfo|unknown host/i
const CONNECTED = /^connected|Connected to /i
const TLS_ON = /TLS started|SSL connection using|^New, (?:TLS|SSL)v|Cipher is (?!\(NONE\))|TLS is on/i
const UNTRUSTED = /^verify error:|Verify return code: (?!0 )|certificate verify failed|SSL certificate problem/i

function walk(lines: readonly ToolLine[], security: TestThere['security']): Walked {
  const seen: Walked = new Map()
  const set = (id: StepId, state: StationThere['state'], line: string) => {
    if (seen.get(id)?.state !== 'failed') seen.set(id, { id, state, line })
  }
  let command = ''
  let upgraded = false
  for (const { from, text } of lines) {
    if (from === 'client') command = commandOf(text) ?? command
    else if (from !== 'server') readNote(text, set)
    else {
      if (command === '' && /^220[ -]/.test(text)) set(security === 'tls' ? 'encrypt' : 'connect', 'done', text)
      else readReply(command, text, set)
      if (command === 'STARTTLS' && text.startsWith('220')) upgraded = true
      // Whoever is answered behind STARTTLS is answered inside TLS (RFC 3207 section 4.2).
      else if (upgraded && command === 'EHLO' && text.startsWith('250')) set('encrypt', 'done', text)
      if (command === '' && /^250[ -]/.test(text)) set(security === 'none' ? 'encrypt' : 'connect', 'done', text)
    }
  }
  return seen
}

type Set = (id: StepId, state: StationThere['state'], line: string) => void

function readNote(text: string, set: Set): void {
  if (RESOLVE_FAILED.test(text)) set('resolve', 'failed', text)
  else if (UNTRUSTED.test(text)) set('encrypt', 'failed', text)
  else if (TLS_ON.test(text)) set('encrypt', 'done', text)
  else if (CONNECTED.test(text)) set('connect', 'done', text)
}

/** Where a refusal of each command belongs. */
const STATIONS: Readonly<Record<string, StepId>> = {
  '': 'connect',
  EHLO: 'encrypt',
  HELO: 'encrypt',
  STARTTLS: 'encrypt',
  AUTH: 'sign-in',
  MAIL: 'deliver',
  RCPT: 'deliver',
  DATA: 'deliver',
}

function readReply(command: string, text: string, set: Set): void {
  // RFC 4954 section 6: these are said to AUTH alone, also where the tool does not show what it sent.
  const id = /^(?:235|53[458])[ -]/.test(text) ? 'sign-in' : STATIONS[command]
  if (id === undefined) return
  if (/^[45]\d\d/.test(text)) return set(id, 'failed', text)
  if (text.startsWith('235')) set(id, 'done', text)
  if (command === 'RCPT' && /^25\d/.test(text)) set(id, 'done', text)
}

function commandOf(text: string): string | null {
  return /^(EHLO|HELO|STARTTLS|AUTH|MAIL|RCPT|DATA|QUIT|NOOP)\b/i.exec(text)?.[1]?.toUpperCase() ?? null
}

function reached(walked: Walked): StepId | null {
  return STEP_IDS.findLast(id => walked.get(id)?.state === 'done') ?? null
}

/** Whoever got as far as a later station passed the earlier ones. */
function fillBefore(stations: readonly StationThere[]): readonly StationThere[] {
  const last = stations.findLastIndex(({ state }) => state !== 'unknown')
  return stations.map((station, index) => {
    const passed = station.state === 'unknown' && index < last && station.id !== 'sign-in'
    return passed ? { ...station, state: 'done' } : station
  })
}
