import { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { describe, expect, test } from 'vitest'
import { DIRECTIVES } from '#shared/msmtprc/directives.ts'
import { completeMsmtprc } from '../../../renderer/config-files/complete.ts'
import { tokensOf } from '../../../renderer/config-files/highlight.ts'

/** What is offered where `|` stands. */
function offered(text: string, explicit = false) {
  const pos = text.indexOf('|')
  const state = EditorState.create({ doc: text.replace('|', '') })
  return completeMsmtprc(new CompletionContext(state, pos, explicit), ['work', 'home office'])
}

describe('completion', () => {
  test('offers every command with a line of help', () => {
    const result = offered('tl|')
    expect(result?.options.map(({ label }) => label)).toEqual(DIRECTIVES.map(({ command }) => command))
    expect(result?.options.every(({ info }) => typeof info === 'string' && info.length > 10)).toBe(true)
    expect(result?.from).toBe(0)
  })

  test('says what is obsolete and what Debian’s msmtp does not know', () => {
    const detail = (label: string) => offered('|', true)?.options.find(option => option.label === label)?.detail
    expect(detail('keepbcc')).toContain('obsolete: remove_bcc_headers')
    expect(detail('from_full_name')).toBe('since 1.8.24')
    expect(detail('host')).toBe('')
  })

  test('offers nothing on an empty line unless it is asked', () => {
    expect(offered('|')).toBeNull()
    expect(offered('|', true)).not.toBeNull()
  })

  test.each([
    ['account a\n  tls |', ['on', 'off']],
    ['tls_starttls o|', ['on', 'off']],
    ['port |', ['587', '465', '25']],
    ['set_from_header |', ['auto', 'on', 'off']],
    ['account new : |', ['work', 'home office']],
    ['account new : work, ho|', ['work', 'home office']],
  ])('behind %j offers its keywords', (text, labels) => {
    expect(offered(text)?.options.map(({ label }) => label)).toEqual(labels)
  })

  test('finds a command by its letters', () => {
    expect(offered('tcertch|')?.options.length).toBeGreaterThan(0)
    expect(offered('xyz|')).toBeNull()
  })

  test.each(['tls on|', 'auth on|', 'account new : work|', 'defaults|'])(
    'is over once %j is typed out, so that Enter begins the next line',
    text => {
      expect(offered(text)).toBeNull()
    },
  )

  test.each(['# tls |', 'host |', 'nonsense |', 'account w|', 'password |'])('behind %j offers nothing', text => {
    expect(offered(text)).toBeNull()
  })
})

describe('highlighting', () => {
  const kinds = (line: string) => tokensOf(line).map(({ from, to, kind }) => [line.slice(from, to), kind])

  test.each([
    ['', []],
    ['  # tls on', [['# tls on', 'comment']]],
    [
      'account work : home',
      [
        ['account', 'structure'],
        ['work : home', 'name'],
      ],
    ],
    [
      '\ttls on',
      [
        ['tls', 'command'],
        ['on', 'keyword'],
      ],
    ],
    [
      'tls on # yes',
      [
        ['tls', 'command'],
        ['on # yes', 'unknown'],
      ],
    ],
    [
      'tls on\r',
      [
        ['tls', 'command'],
        ['on\r', 'keyword'],
      ],
    ],
    ['TLS on', [['TLS', 'unknown']]],
    [
      'host mail.example.org',
      [
        ['host', 'command'],
        ['mail.example.org', 'value'],
      ],
    ],
    [
      'password x',
      [
        ['password', 'command'],
        ['x', 'secret'],
      ],
    ],
    ['defaults', [['defaults', 'structure']]],
  ])('of %j', (line, wanted) => {
    expect(kinds(line)).toEqual(wanted)
  })
})
