import type { Fix } from '#shared/fix/fix.ts'
import { printSetting } from '#shared/report/setting-lines.ts'
import { assertNever } from '#shared/result.ts'

/** A fix as plain lines below its label. */
export function printFixLines(fix: Fix): readonly string[] {
  switch (fix.kind) {
    case 'settings':
      return Object.entries(fix.change).map(([field, value]) => `${field} = ${printSetting(value)}`)
    case 'secret':
      return [fix.hint]
    case 'dns':
      return fix.changes.flatMap(({ action, name, type, value, replaces, why }) => [
        `${action} ${name} ${type} ${value}`,
        ...(replaces === null ? [] : [`  instead of ${replaces}`]),
        `  ${why}`,
      ])
    case 'command':
      return fix.commands.map(({ system, command }) => `${system}: ${command}`)
    case 'provider':
      return [...fix.steps.map((step, index) => `${index + 1}. ${step}`), ...(fix.url === null ? [] : [fix.url])]
    case 'ask':
      return fix.text.split('\n')
    case 'wait':
      return [fix.seconds === null ? fix.why : `${Math.ceil(fix.seconds / 60)} minutes. ${fix.why}`]
    default:
      return assertNever(fix)
  }
}
