import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

/*
 * Mail servers that Debian does not let stand beside Postfix: each package conflicts with it. They are unpacked, with
 * the libraries that they load, into a folder that `chroot` can make their whole world; nothing is installed but
 * libraries.
 */

/** By the name under which tests ask for them; the first package of each holds the program. */
const PEERS = [
  { name: 'exim', program: 'usr/sbin/exim4', packages: ['exim4-daemon-light', 'exim4-base'] },
  { name: 'opensmtpd', program: 'usr/sbin/smtpd', packages: ['opensmtpd'], helpers: ['usr/sbin/smtpctl'] },
  { name: 'dma', program: 'usr/sbin/dma', packages: ['dma'] },
  {
    name: 'nullmailer',
    program: 'usr/sbin/nullmailer-send',
    packages: ['nullmailer'],
    helpers: ['usr/lib/nullmailer/smtp'],
  },
]

/** Unpacks what is not there yet. Returns the names of those that could not be had. */
export function unpackPeers(folder, say) {
  const missing = PEERS.filter(({ name }) => !existsSync(join(folder, name)))
  if (missing.length > 0 && process.platform === 'linux' && process.getuid?.() === 0) {
    say(`Unpacking from Debian: ${missing.flatMap(({ packages }) => packages).join(' ')}`)
    mkdirSync(folder, { recursive: true })
    succeeds('apt-get', ['update', '-qq'], folder)
    for (const peer of missing) unpack(peer, folder)
  }
  return PEERS.filter(({ name }) => !existsSync(join(folder, name))).map(({ name }) => name)
}

function unpack({ name, program, packages, helpers = [] }, folder) {
  const work = mkdtempSync(join(folder, 'unpacking-'))
  const tree = join(work, 'tree')
  try {
    const libraries = packages.flatMap(librariesOf)
    if (!succeeds('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...libraries], work)) return
    if (!succeeds('apt-get', ['download', '-qq', ...packages], work)) return
    const archives = readdirSync(work).filter(file => file.endsWith('.deb'))
    if (!archives.every(file => succeeds('dpkg-deb', ['-x', file, tree], work))) return
    for (const file of [program, ...helpers].flatMap(each => loadedBy(join(tree, each)))) {
      mkdirSync(dirname(join(tree, file)), { recursive: true })
      copyFileSync(file, join(tree, file))
    }
    // Last, and in one step: a tree that is there is whole.
    renameSync(tree, join(folder, name))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Libraries conflict with nothing, so these may be installed. */
function librariesOf(name) {
  const { stdout } = spawnSync('apt-cache', ['depends', '--no-suggests', '--no-recommends', '--important', name], {
    encoding: 'utf8',
  })
  return [...(stdout ?? '').matchAll(/^ {2}Depends: (lib[a-z0-9.+-]+)$/gm)].map(([, library]) => library)
}

/** What `ldd` lists: the libraries, and the loader itself. */
function loadedBy(program) {
  const { stdout } = spawnSync('ldd', [program], { encoding: 'utf8' })
  return [...(stdout ?? '').matchAll(/(\/\S+) \(0x/g)].map(([, path]) => path)
}

function succeeds(program, args, cwd) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(program, args, { cwd, env, stdio: ['ignore', 'ignore', 'ignore'] }).status === 0
}
