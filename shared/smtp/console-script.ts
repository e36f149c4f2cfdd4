import { err, ok, type Result } from '#shared/result.ts'
import type { Reply } from '#shared/smtp/reply.ts'

/*
 * A console session as a text that can be played again, and as a test:
 *
 *   # what this is about
 *   S: 220*                      the next answer has a line that fits; `*` stands for any text
 *   C: EHLO client.example       sent as it is; STARTTLS upgrades the connection behind its 2xx
 *   S: 250*
 *   S+ *STARTTLS                 the same answer has such a line as well
 *   S- *XXXX*                    and no such line
 *   A: PLAIN user@example.org    signs in; the password is asked for at each replay and never stands here
 *   S: 235*
 *
 * An answer is one SMTP reply with all its lines, or one line of a server that speaks something else.
 */

export type ScriptStep =
  | { readonly kind: 'send'; readonly line: number; readonly text: string }
  | { readonly kind: 'expect'; readonly line: number; readonly pattern: string }
  | { readonly kind: 'also' | 'never'; readonly line: number; readonly pattern: string }
  /** `mechanism` null: the best that the server offers. */
  | { readonly kind: 'sign-in'; readonly line: number; readonly mechanism: string | null; readonly user: string }

export type ScriptFault = { readonly line: number; readonly message: string }

/** More steps and longer lines than anybody types. */
const MOST_STEPS = 1000
const LONGEST_LINE = 4096
export const LONGEST_SCRIPT = 256 * 1024

const MARK = /^(C:|S:|S\+|S-|A:) ?(.*)$/

/** Reads a script; `line` counts from 1. */
export function parseScript(text: string): Result<readonly ScriptStep[], ScriptFault> {
  const steps: ScriptStep[] = []
  let answered = false
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = index + 1
    if (raw.trim() === '' || raw.startsWith('#')) continue
    if (raw.length > LONGEST_LINE) return err({ line, message: `this line is longer than ${LONGEST_LINE} characters` })
    const read = readStep(raw, line)
    if (!read.ok) return read
    const step = read.value
    if ((step.kind === 'also' || step.kind === 'never') && !answered) {
      return err({ line, message: 'S+ and S- look at an answer again: an S: line comes before them' })
    }
    answered = step.kind === 'expect' || step.kind === 'also' || step.kind === 'never'
    steps.push(step)
    if (steps.length > MOST_STEPS) return err({ line, message: `there are more than ${MOST_STEPS} steps` })
  }
  if (steps.length === 0) return err({ line: 1, message: 'there is no step in this script' })
  return ok(steps)
}

function readStep(raw: string, line: number): Result<ScriptStep, ScriptFault> {
  const [, mark = '', text = ''] = MARK.exec(raw) ?? []
  switch (mark) {
    case 'C:':
      return ok({ kind: 'send', line, text })
    case 'S:':
      return ok({ kind: 'expect', line, pattern: text })
    case 'S+':
      return ok({ kind: 'also', line, pattern: text })
    case 'S-':
      return ok({ kind: 'never', line, pattern: text })
    case 'A:': {
      const [mechanism = '', ...user] = text.trim().split(/\s+/)
      if (mechanism === '') return err({ line, message: 'A: wants a mechanism, or AUTO, and a user name' })
      return ok({
        kind: 'sign-in',
        line,
        mechanism: mechanism.toUpperCase() === 'AUTO' ? null : mechanism.toUpperCase(),
        user: user.join(' '),
      })
    }
    default:
      return err({ line, message: 'a step begins with C:, S:, S+, S- or A:, a comment with #' })
  }
}

/** Whether a text is meant as a script rather than as lines to send. */
export function looksLikeScript(text: string): boolean {
  const lines = text.split(/\r?\n/).filter(line => line.trim() !== '' && !line.startsWith('#'))
  return lines.length > 0 && lines.every(line => MARK.test(line))
}

/** Whether a line fits a pattern. `*` stands for any text, also for none; the rest counts as it is, case included. */
export function fits(line: string, pattern: string): boolean {
  const parts = pattern.split('*')
  const first = parts[0] ?? ''
  const last = parts.length > 1 ? (parts.at(-1) ?? '') : ''
  if (parts.length === 1) return line === pattern
  if (!line.startsWith(first) || line.length < first.length + last.length || !line.endsWith(last)) return false
  // The leftmost place for each part in between: taking a later one could only leave less for the rest.
  let at = first.length
  const end = line.length - last.length
  for (const part of parts.slice(1, -1)) {
    const found = line.indexOf(part, at)
    if (found < 0 || found + part.length > end) return false
    at = found + part.length
  }
  return true
}

/** What happened in a session, as far as a script can say it. */
export type Happened =
  | { readonly kind: 'sent'; readonly text: string; readonly masked: boolean }
  | { readonly kind: 'answered'; readonly lines: readonly string[]; readonly reply: Reply | null }
  | { readonly kind: 'signed-in'; readonly mechanism: string; readonly user: string }

/** A session as a script that expects of each answer its code, or the line itself where it was no SMTP reply. */
export function printScript(happened: readonly Happened[], title: string): string {
  const lines = happened.map(each => {
    switch (each.kind) {
      case 'sent':
        return each.masked
          ? '# a line that held a secret was sent here: put A: MECHANISM USER in its place'
          : `C: ${each.text}`
      case 'answered':
        return `S: ${each.reply === null ? (each.lines[0] ?? '') : `${each.reply.code}*`}`
      case 'signed-in':
        return `A: ${each.mechanism} ${each.user}`
    }
  })
  return [`# ${title}`, ...lines, ''].join('\n')
}
