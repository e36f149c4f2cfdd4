import { homedir } from 'node:os'
import type { PracticeStatus } from '#shared/contract/practice.ts'
import { printJson } from '#shared/escape.ts'
import { Problem } from '#shared/problem.ts'
import { homeDir } from '#service/home.ts'
import { createPractice, type Practice } from '#service/practice/practice.ts'
import { type Command, type CommandIo, done, NETWORK_OPTIONS } from './command.ts'

const EMPTY = { smtp: [], password: null, dns: null, caFile: null, inboxUrl: null, faults: [] }

export const practice: Command = {
  name: 'practice',
  summary: 'a mail server, a DNS server and an inbox on this machine to practise with',
  operands: '',
  arity: [0, 0],
  options: {
    fault: { type: 'string', value: 'NAME', multiple: true, help: 'switch this fault on' },
    'list-faults': { type: 'boolean', help: 'print the names of all faults and end' },
    timeout: NETWORK_OPTIONS.timeout,
  },
  examples: [
    { line: 'practice', shows: 'prints where the servers are and the password; Ctrl-C ends them' },
    {
      line: 'practice --fault refuse-password --json',
      shows: 'the same as one line of JSON, with a fault switched on',
    },
  ],
  empty: EMPTY,
  async run(io) {
    const servers = createPractice({ home: homeDir(io.env, process.platform, homedir()) })
    const { faults } = servers.status()
    if (io.options['list-faults'] === true) {
      const width = Math.max(...faults.map(fault => fault.id.length))
      const lines = faults.map(fault => `${fault.id.padEnd(width)}  ${fault.title}`)
      return done({ ...EMPTY, faults: faults.map(brief) }, lines.join('\n'))
    }
    try {
      await switchOn(servers, chosenFaults(io))
      const status = await servers.start()
      io.print(io.json ? printJson(startLine(status, servers.password())) : startText(status, servers.password()))
      await untilStopped(servers, io)
    } finally {
      await servers.close()
    }
    return { ...done(EMPTY, ''), printed: true }
  },
}

function chosenFaults(io: CommandIo): readonly string[] {
  const chosen = io.options['fault']
  return Array.isArray(chosen) ? chosen.map(String) : []
}

/** A wrong name on the command line is a wrong call, not wrong data. */
async function switchOn(servers: Practice, ids: readonly string[]): Promise<void> {
  try {
    await servers.setFaults(ids)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new Problem('usage', `--fault: ${error.message}`, error.remedy === null ? {} : { remedy: error.remedy })
  }
}

async function untilStopped(servers: Practice, io: CommandIo): Promise<void> {
  if (io.deadline.signal.aborted) return
  for await (const event of servers.watch(io.deadline.signal)) {
    if (event.kind !== 'message') continue
    const { mailFrom, rcptTo, subject } = event.entry
    io.note(`arrived: <${mailFrom}> to <${rcptTo.join('>, <')}>: ${subject}`)
  }
}

function startLine(status: PracticeStatus, password: string) {
  const { smtp, dns, caFile, inboxUrl, faults } = status
  return { smtp, password, dns, caFile, inboxUrl, faults: faults.map(brief), error: null }
}

function startText(status: PracticeStatus, password: string): string {
  const words = { none: 'no encryption', starttls: 'STARTTLS', tls: 'TLS from the start' } as const
  return [
    ...status.smtp.map(one => {
      const signIn = one.user === null ? 'no sign-in needed' : `user ${one.user}`
      return `mail server  ${one.host}:${one.port}  ${words[one.security]}, ${signIn}`
    }),
    `password     ${password}  (made up for this run)`,
    `CA file      ${status.caFile ?? ''}`,
    `DNS server   ${status.dns?.host ?? ''}:${status.dns?.port ?? ''}  knows ${status.domain}`,
    `inbox        ${status.inboxUrl ?? ''}`,
    `faults       ${status.active.length === 0 ? 'none' : status.active.join(', ')}`,
    'Ctrl-C ends it.',
  ].join('\n')
}

function brief({ id, title }: { readonly id: string; readonly title: string }) {
  return { id, title }
}
