import { type Action, type Diagnostic, setDiagnostics } from '@codemirror/lint'
import { StateEffect, StateField, type Text } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { type MsmtprcFix, type MsmtprcProblem, printFix } from '#shared/msmtprc/problem.ts'
import { editForFix } from './fix-edit.ts'
import type { Checked } from './use-checked-file.ts'

const setChecked = StateEffect.define<Checked>()

/** What the editor knows of the last check: nothing more than completion and its own keys need. */
const lastChecked = StateField.define<Checked | null>({
  create: () => null,
  update(known, transaction) {
    return transaction.effects.find(effect => effect.is(setChecked))?.value ?? known
  },
})

/** Names to inherit from. */
export const accountNames = StateField.define<readonly string[]>({
  create: () => [],
  update(names, transaction) {
    const checked = transaction.effects.find(effect => effect.is(setChecked))?.value
    return checked === undefined ? names : checked.accounts.map(({ name }) => name)
  },
  provide: () => lastChecked,
})

/** Marks the problems in the editor; an answer about an older text is left alone, the next one is on its way. */
export function showProblems(view: EditorView, checked: Checked): void {
  if (view.state.doc !== checked.doc) return
  const diagnostics = checked.problems.flatMap(problem => diagnosticOf(problem, checked.doc) ?? [])
  view.dispatch(setDiagnostics(view.state, diagnostics), { effects: setChecked.of(checked) })
}

/** Carries a fix out in the editor and says whether it still applied. */
export function applyFix(view: EditorView, fix: MsmtprcFix, found: Text): boolean {
  const changes = editForFix(view.state, fix, found)
  if (changes === null) return false
  view.dispatch({ changes, userEvent: 'input.fix' })
  return true
}

/** The first fix of the line that the cursor is in. */
export function applyFixAtCursor(view: EditorView): boolean {
  const checked = view.state.field(lastChecked)
  const line = view.state.doc.lineAt(view.state.selection.main.head).number
  const fix = checked?.problems.find(problem => problem.line === line && isEdit(problem.fix))?.fix ?? null
  return checked !== null && fix !== null && applyFix(view, fix, checked.doc)
}

export function isEdit(fix: MsmtprcFix | null): fix is MsmtprcFix {
  return fix !== null && fix.kind !== 'advice'
}

/** What a button that carries the fix out says. */
export function fixLabel(fix: MsmtprcFix): string {
  switch (fix.kind) {
    case 'replace':
      return `Write: ${printFix(fix)}`
    case 'remove':
      return 'Remove the line'
    case 'append':
      return `Add: ${fix.text}`
    case 'advice':
      return printFix(fix)
  }
}

function diagnosticOf(problem: MsmtprcProblem, doc: Text): Diagnostic | null {
  if (problem.line === null || problem.line > doc.lines) return null
  const line = doc.line(problem.line)
  const indentation = /^[ \t]*/.exec(line.text)?.[0].length ?? 0
  const { fix, message, severity, code } = problem
  return {
    from: line.from + Math.min(indentation, line.length),
    to: line.to,
    severity,
    message: fix?.kind === 'advice' ? `${message}\n${printFix(fix)}` : message,
    source: code,
    actions: isEdit(fix) ? [actionOf(fix, doc)] : [],
  }
}

function actionOf(fix: MsmtprcFix, doc: Text): Action {
  return { name: fixLabel(fix), apply: view => void applyFix(view, fix, doc) }
}
