import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installPackages, nodeProgram, root, run, say } from './setup.mjs'

// `npm run -s mailwright -- COMMAND` in a checkout: the built command line, built first where it is not there yet.
const built = join(root, 'out', 'cli', 'main.js')
if (!existsSync(built)) {
  installPackages()
  say('Building the command line …')
  run(nodeProgram(), [
    join(root, 'node_modules', 'vite', 'bin', 'vite.js'),
    'build',
    '--config',
    'vite.cli.config.ts',
    '--logLevel',
    'error',
  ])
}
// npm changes into the package's folder; file operands mean the folder that the person stood in.
if (process.env.INIT_CWD && existsSync(process.env.INIT_CWD)) process.chdir(process.env.INIT_CWD)

if (Number(process.versions.node.split('.')[0]) >= 24) {
  // npm puts the packages' own Node 24 first in PATH, so this is the usual way: one process, signals arrive directly.
  process.argv.splice(1, 1, built)
  await import(pathToFileURL(built).href)
} else {
  const child = spawn(nodeProgram(), [built, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', code => process.exit(code ?? 130))
}
