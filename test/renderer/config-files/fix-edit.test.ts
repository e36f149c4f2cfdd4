import { describe, expect, test } from 'vitest'
import type { MsmtprcFix } from '#shared/msmtprc/problem.ts'
import { createEditorState } from '../../../renderer/config-files/editor-setup.ts'
import { editForFix } from '../../../renderer/config-files/fix-edit.ts'

function fixed(text: string, fix: MsmtprcFix): string | null {
  const state = createEditorState(text)
  const changes = editForFix(state, fix, state.doc)
  return changes === null ? null : state.update({ changes }).state.sliceDoc()
}

describe('a fix changes its own line and no byte elsewhere', () => {
  test.each<[string, string, MsmtprcFix, string]>([
    [
      'replaces it, indented as it was',
      'a\n\t hsot x\nc',
      { kind: 'replace', line: 2, text: 'host x' },
      'a\n\t host x\nc',
    ],
    ['replaces the first', 'hsot x\nb\n', { kind: 'replace', line: 1, text: 'host x' }, 'host x\nb\n'],
    ['replaces the last, without an end', 'a\nhsot x', { kind: 'replace', line: 2, text: 'host x' }, 'a\nhost x'],
    ['keeps CR LF', 'a\r\nhsot x\r\nc\r\n', { kind: 'replace', line: 2, text: 'host x' }, 'a\r\nhost x\r\nc\r\n'],
    [
      'keeps the ends of a mixed file',
      'a\r\nhsot x\r\nc\n',
      { kind: 'replace', line: 2, text: 'host x' },
      'a\r\nhost x\r\nc\n',
    ],
    [
      'keeps bytes that are not UTF-8',
      '# \udcff\nhsot x\n',
      { kind: 'replace', line: 2, text: 'host x' },
      '# \udcff\nhost x\n',
    ],
    [
      'adds a line behind it',
      'a\n  port 465\nc\n',
      { kind: 'append', line: 2, text: 'tls on' },
      'a\n  port 465\n  tls on\nc\n',
    ],
    ['adds one behind the last', 'a\nport 465', { kind: 'append', line: 2, text: 'tls on' }, 'a\nport 465\ntls on'],
    ['adds one with CR LF', 'a\r\nport 465', { kind: 'append', line: 2, text: 'tls on' }, 'a\r\nport 465\r\ntls on'],
    ['removes it', 'a\nb\nc\n', { kind: 'remove', line: 2 }, 'a\nc\n'],
    ['removes the first', 'a\nb\n', { kind: 'remove', line: 1 }, 'b\n'],
  ])('%s', (_, text, fix, wanted) => {
    expect(fixed(text, fix)).toBe(wanted)
  })

  test('advice changes nothing', () => {
    expect(fixed('a\n', { kind: 'advice', text: 'chmod 600' })).toBeNull()
  })
})

describe('a fix that was found in an older text', () => {
  const found = createEditorState('a\nhsot x\n')
  const fix: MsmtprcFix = { kind: 'replace', line: 2, text: 'host x' }

  test('still applies where its line is what it was', () => {
    const later = found.update({ changes: { from: 0, to: 1, insert: 'account a' } }).state
    const changes = editForFix(later, fix, found.doc)
    expect(changes && later.update({ changes }).state.sliceDoc()).toBe('account a\nhost x\n')
  })

  test('is left alone where another line stands there now', () => {
    const later = found.update({ changes: { from: 0, insert: '# new\n' } }).state
    expect(editForFix(later, fix, found.doc)).toBeNull()
  })

  test('is left alone where the line is gone', () => {
    const later = found.update({ changes: { from: 0, to: found.doc.length, insert: '' } }).state
    expect(editForFix(later, fix, found.doc)).toBeNull()
  })
})
