import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { buildProgram, ROOT } from './build.ts'

/** The real binary, where it was fetched; `require('electron')` would start to fetch it. */
function realElectron(): string | null {
  const folder = join(ROOT, 'node_modules', 'electron')
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(program) ? program : null
}

const program = realElectron()
const screen = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])
const why = program === null ? "Electron's binary is not here" : screen ? null : 'there is no screen'
if (why !== null) process.stderr.write(`skipped: the smoke test of the real Electron, because ${why}\n`)

beforeAll(async () => {
  if (why === null) await buildProgram()
}, 120_000)

test.skipIf(why !== null)(
  'the real Electron opens the window, and the page gets its data through the port',
  async () => {
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const electron = await _electron.launch({
      executablePath: program ?? '',
      args: [...asRoot, ROOT],
      env: { ...process.env, MAILWRIGHT_HOME: await mkdtemp(join(tmpdir(), 'mailwright-electron-')) },
    })
    try {
      const window = await electron.firstWindow()
      await window.getByText('No account yet').waitFor()
      expect(await window.evaluate('[window.mailwright.door, typeof require, typeof process]')).toEqual([
        'window',
        false,
        false,
      ])
      expect(window.url()).toMatch(/^mailwright:\/\/app\/index\.html/)
    } finally {
      await electron.close()
    }
  },
)
