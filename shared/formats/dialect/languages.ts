import { readAssignments } from '#shared/formats/dialect/literal.ts'
import type { Dialect } from '#shared/formats/pairs.ts'
import type { Value } from '#shared/formats/read.ts'

/** In single quotes PHP and Ruby know two escapes, of the backslash and of the quote, and expand nothing. */
function singleQuoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}

/** A JSON string is a YAML double-quoted scalar too (YAML 1.2 section 1.3: JSON is a subset). */
function yamlScalar(value: Exclude<Value, null>): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}

function phpValue(value: Exclude<Value, null>): string {
  return typeof value === 'string' ? singleQuoted(value) : String(value)
}

export const PHP_DEFINES: Dialect = {
  print: (key, value) => `define(${singleQuoted(key)}, ${phpValue(value)});`,
  parse: text => readAssignments(text, /^[ \t]*define\([ \t]*['"](?<key>\w+)['"][ \t]*,[ \t]*/gm, 'php'),
}

export const PHP_ARRAY: Dialect = {
  print: (key, value) => `  ${singleQuoted(key)} => ${phpValue(value)},`,
  parse: text => readAssignments(text, /^[ \t]*['"](?<key>\w+)['"][ \t]*=>[ \t]*/gm, 'php'),
}

export const PYTHON: Dialect = {
  print: (key, value) =>
    `${key} = ${typeof value === 'string' ? singleQuoted(value) : typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value)}`,
  parse: text => readAssignments(text, /^(?<key>[A-Z_]+)[ \t]*=[ \t]*/gm, 'python'),
}

/** `gitlab_rails['smtp_port'] = 465` */
export const GITLAB_RUBY: Dialect = {
  print: (key, value) => `gitlab_rails['${key}'] = ${phpValue(value)}`,
  parse: text => readAssignments(text, /^[ \t]*gitlab_rails\[['"](?<key>\w+)['"]\][ \t]*=[ \t]*/gm, 'ruby'),
}

/** A line of a Ruby hash. A string with a leading colon is a symbol. */
export const RUBY_HASH: Dialect = {
  print: (key, value) => `  ${key}: ${typeof value === 'string' && /^:\w+$/.test(value) ? value : phpValue(value)},`,
  parse: text => readAssignments(text, /^[ \t]*:?(?<key>\w+)(?::|[ \t]*=>)[ \t]*/gm, 'ruby'),
}

/** Lines of a YAML mapping, all at one depth. */
export function yamlAt(indent: number): Dialect {
  return {
    print: (key, value) => `${' '.repeat(indent)}${key}: ${yamlScalar(value)}`,
    parse: text => readAssignments(text, /^[ \t]*(?:-[ \t]+)?(?<key>\w+):[ \t]*/gm, 'yaml'),
  }
}
