import type { Severity } from '#shared/finding/finding.ts'
import { insertLine, type MsmtprcDocument, removeLine, replaceLine } from '#shared/msmtprc/document.ts'

/** What would mend a problem. `replace` and `append` hold a line without indentation; no fix holds a secret. */
export type MsmtprcFix =
  | { readonly kind: 'replace'; readonly line: number; readonly text: string }
  | { readonly kind: 'remove'; readonly line: number }
  /** A new line behind this one. */
  | { readonly kind: 'append'; readonly line: number; readonly text: string }
  | { readonly kind: 'advice'; readonly text: string }

export type MsmtprcProblem = {
  /** As msmtp counts lines; null for what concerns the file as a whole. */
  readonly line: number | null
  readonly code: string
  readonly severity: Severity
  /** In msmtp's words where msmtp itself complains. Never holds a secret. */
  readonly message: string
  readonly fix: MsmtprcFix | null
  /** msmtp refuses the file because of it, whatever account is chosen. */
  readonly refused: boolean
}

/** What only the checker says: msmtp reads on. */
export function remark(
  severity: Severity,
  line: number | null,
  code: string,
  message: string,
  fix: MsmtprcFix | null = null,
): MsmtprcProblem {
  return { line, code, severity, message, fix, refused: false }
}

export function advice(text: string): MsmtprcFix {
  return { kind: 'advice', text }
}

/** The fix in one line for people: the line as it should read, or what to do. */
export function printFix(fix: MsmtprcFix): string {
  switch (fix.kind) {
    case 'replace':
      return fix.text
    case 'remove':
      return `remove line ${fix.line}`
    case 'append':
      return `add behind line ${fix.line}: ${fix.text}`
    case 'advice':
      return fix.text
  }
}

/** The document with the fix done; indentation stays. Advice changes nothing. */
export function applyMsmtprcFix(document: MsmtprcDocument, fix: MsmtprcFix): MsmtprcDocument {
  switch (fix.kind) {
    case 'replace':
      return replaceLine(document, fix.line, indentationOf(document, fix.line) + fix.text)
    case 'remove':
      return removeLine(document, fix.line)
    case 'append':
      return insertLine(document, fix.line + 1, indentationOf(document, fix.line) + fix.text)
    case 'advice':
      return document
  }
}

function indentationOf(document: MsmtprcDocument, line: number): string {
  return /^[ \t]*/.exec(document.lines[line - 1]?.text ?? '')?.[0] ?? ''
}
