import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildIfNeeded, environment, installPackages, nodeProgram, root, say } from './setup.mjs'

installPackages()
buildIfNeeded()

const screen = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)
const window = screen ? (process.env.ELECTRON_EXEC_PATH ?? electronProgram()) : null
if (window !== null) {
  start(window, [root, ...process.argv.slice(2)])
} else {
  say(
    screen
      ? 'Electron is not here and could not be fetched: opening the same pages in the browser.'
      : 'There is no screen: open this link in a browser on this machine (over the network: ssh -L).',
  )
  start(nodeProgram(), [
    join(root, 'out', 'cli', 'main.js'),
    'ui',
    ...(screen ? [] : ['--no-open']),
    ...process.argv.slice(2),
  ])
}

/** The path of Electron's binary, fetched when that is possible; null otherwise. */
function electronProgram() {
  const folder = join(root, 'node_modules', 'electron')
  const find = () => {
    const pathFile = join(folder, 'path.txt')
    if (!existsSync(pathFile)) return null
    const program = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())
    return existsSync(program) ? program : null
  }
  const found = find()
  if (found !== null || process.env.ELECTRON_SKIP_BINARY_DOWNLOAD === '1') return found
  fetchElectron(folder)
  return find()
}

function fetchElectron(folder) {
  const installer = join(folder, 'install.js')
  if (!existsSync(installer)) return
  say('Fetching Electron …')
  // Where its host cannot be reached this ends with an error, or is ended here: the browser is as good.
  spawnSync(nodeProgram(), [installer], { cwd: root, env: environment(), stdio: 'ignore', timeout: 180_000 })
}

function start(program, args) {
  const child = spawn(program, args, { cwd: root, env: environment(), stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', code => process.exit(code ?? 0))
}
