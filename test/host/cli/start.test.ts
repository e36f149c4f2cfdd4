import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const MAIN = join(import.meta.dirname, '../../../electron/host/cli/main.ts')

/** Tells on standard error of each module that is imported, packages and Node's own too. */
const TELLING = `import { registerHooks } from 'node:module'
import { writeSync } from 'node:fs'
registerHooks({
  resolve(specifier, context, next) {
    writeSync(2, 'imported ' + specifier + '\\n')
    return next(specifier, context)
  },
})`

/** What a command imports before it does anything. */
async function importedBy(...words: readonly string[]): Promise<readonly string[]> {
  const hook = `data:text/javascript,${encodeURIComponent(TELLING)}`
  const { stderr } = await promisify(execFile)(process.execPath, ['--import', hook, MAIN, ...words])
  return stderr.match(/(?<=^imported ).*$/gm) ?? []
}

// Some 25 ms for the schemas, 13 for TLS and 5 each for the modules of Node that bring half of it along: a server that is
// near has answered everything by then.
const SLOW = ['zod', 'node:tls', 'node:crypto', 'node:util', 'node:fs', 'node:fs/promises']

test.each([
  ['the overview', ['--help']],
  ['serverinfo', ['serverinfo', '--help']],
  ['ports', ['ports', '--help']],
  ['etrn', ['etrn', '--help']],
])('%s starts without what is slow to load', async (_, words) => {
  const imported = await importedBy(...words)
  expect(imported).toContain('./args.ts')
  expect(imported.filter(name => SLOW.includes(name))).toEqual([])
})
