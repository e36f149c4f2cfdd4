import process from 'node:process'
import type * as Sqlite from 'node:sqlite'

/**
 * `node:sqlite`, loaded when it is first needed. Some releases of Node warn that it is experimental; a command's stderr
 * is for its user, so that one warning is held back, and no other.
 */
export function loadSqlite(): typeof Sqlite {
  const emitWarning = Reflect.get(process, 'emitWarning')
  process.emitWarning = (...args: unknown[]) => {
    if (!isSqliteWarning(args)) Reflect.apply(emitWarning, process, args)
  }
  try {
    return process.getBuiltinModule('node:sqlite')
  } finally {
    process.emitWarning = emitWarning
  }
}

function isSqliteWarning([warning, type]: readonly unknown[]): boolean {
  const text = warning instanceof Error ? warning.message : String(warning)
  return type === 'ExperimentalWarning' && text.includes('SQLite')
}
