import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/*
 * What `npm start` and `npm test` share. Runs on Node 20 with nothing installed, so it uses Node's own modules only.
 */

export const root = join(import.meta.dirname, '..')
const modules = join(root, 'node_modules')

/** Installs the packages where they are missing or the lockfile has changed. */
export function installPackages() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  const stamp = join(modules, '.mailwright-lock')
  const wanted = createHash('sha256').update(lock).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('Installing packages …')
  run(process.env.npm_execpath ? process.execPath : 'npm', [
    ...(process.env.npm_execpath ? [process.env.npm_execpath] : []),
    'ci',
    '--no-fund',
    '--no-audit',
    '--loglevel=error',
  ])
  writeFileSync(stamp, wanted)
}

/** The environment in which `node` is the Node 24 that came with the packages, where there is one for this system. */
export function environment() {
  const separator = process.platform === 'win32' ? ';' : ':'
  return { ...process.env, PATH: `${join(modules, '.bin')}${separator}${process.env.PATH ?? ''}` }
}

/** The Node to run our own programs with: 24 from the packages, else the one that runs this. */
export function nodeProgram() {
  const own = join(modules, '.bin', process.platform === 'win32' ? 'node.exe' : 'node')
  return existsSync(own) ? own : process.execPath
}

/** Builds the window, the pages and the command line where a source is newer than the build. */
export function buildIfNeeded() {
  const built = join(root, 'out', '.built')
  const sources = [
    'electron',
    'renderer',
    'shared',
    'package.json',
    'package-lock.json',
    'electron.vite.config.ts',
    'vite.cli.config.ts',
  ]
  if (existsSync(built) && newest(sources.map(name => join(root, name))) <= statSync(built).mtimeMs) return
  say('Building …')
  const result = spawnSync('npm', ['run', '-s', 'build'], {
    cwd: root,
    env: environment(),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout}${result.stderr}`)
    process.exit(result.status ?? 1)
  }
  mkdirSync(join(root, 'out'), { recursive: true })
  writeFileSync(built, '')
}

/** Ends the whole program when the other one fails. */
export function run(program, args, options = {}) {
  // Installer and build talk on stderr, so that stdout stays for results.
  const result = spawnSync(program, args, {
    cwd: root,
    env: environment(),
    stdio: ['inherit', 2, 2],
    shell: process.platform === 'win32' && program === 'npm',
    ...options,
  })
  if (result.status !== 0) process.exit(result.status ?? 1)
}

export function say(line) {
  process.stderr.write(`${line}\n`)
}

function newest(paths) {
  let time = 0
  for (const path of paths) {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (!stat) continue
    time = Math.max(time, stat.isDirectory() ? newest(readdirSync(path).map(name => join(path, name))) : stat.mtimeMs)
  }
  return time
}
