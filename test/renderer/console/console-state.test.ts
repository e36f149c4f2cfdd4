import { describe, expect, test } from 'vitest'
import type { ConsoleLine, ConsoleState } from '#shared/contract/console.ts'
import { NO_CONSOLE, type PageAction, reduceConsole } from '../../../renderer/console/console-state.ts'
import { scriptOf } from '../../../renderer/console/session-script.ts'

const after = (...actions: readonly PageAction[]) => actions.reduce(reduceConsole, NO_CONSOLE)
const begin: PageAction = {
  kind: 'begin',
  session: { host: 'mail.example.org', port: 587, tls: false, beganAt: 0 },
  replay: false,
}
const stateOf = (mode: ConsoleState['mode']): PageAction => ({
  kind: 'event',
  event: {
    kind: 'state',
    state: { address: '', greeted: true, encrypted: false, tls: null, offers: [], waiting: 0, mode, safe: true },
  },
})
const sent = (line: string): PageAction => ({ kind: 'sent', line })

describe('the history of the prompt', () => {
  test('is walked with what was being typed kept at its end', () => {
    const at = after(begin, stateOf('commands'), sent('EHLO a'), sent('NOOP'), { kind: 'prompt', text: 'QU' })
    const older = reduceConsole(at, { kind: 'older' })
    expect(older.prompt).toBe('NOOP')
    const oldest = reduceConsole(reduceConsole(older, { kind: 'older' }), { kind: 'older' })
    expect(oldest.prompt).toBe('EHLO a')
    const back = reduceConsole(reduceConsole(oldest, { kind: 'newer' }), { kind: 'newer' })
    expect(back.prompt).toBe('QU')
  })

  test('holds no secret: neither behind AUTH nor in its exchange, and no line of a message', () => {
    expect(after(begin, stateOf('commands'), sent('AUTH PLAIN AGFubmEAc2VjcmV0')).history).toEqual(['AUTH PLAIN'])
    expect(after(begin, stateOf('sign-in'), sent('c2VjcmV0')).history).toEqual([])
    expect(after(begin, stateOf('message'), sent('Subject: hello')).history).toEqual([])
  })

  test('the same line twice stands once', () => {
    expect(after(begin, stateOf('commands'), sent('NOOP'), sent('NOOP')).history).toEqual(['NOOP'])
  })
})

test('a session becomes a script without what was masked', () => {
  const line = (from: ConsoleLine['from'], text: string, rest: Partial<ConsoleLine> = {}): ConsoleLine => ({
    atMs: 0,
    connection: 0,
    from,
    encrypted: false,
    text,
    masked: false,
    answer: null,
    ...rest,
  })
  const answered = (code: number, text: string) => ({
    answer: { reply: { code, enhanced: null, text: [text] }, verb: null, tookMs: null },
  })
  const script = scriptOf(
    [
      line('note', 'connected'),
      line('server', '220 hello', answered(220, 'hello')),
      line('client', 'EHLO a'),
      line('server', '250-mail'),
      line('server', '250 SIZE', answered(250, 'SIZE')),
      line('client', 'AUTH PLAIN ***', { masked: true }),
    ],
    'mail.example.org, port 587',
  )
  expect(script.split('\n')).toEqual([
    '# mail.example.org, port 587',
    'S: 220*',
    'C: EHLO a',
    'S: 250*',
    '# a line that held a secret was sent here: put A: MECHANISM USER in its place',
    '',
  ])
})
