import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { tmpdir } from 'node:os'
import { buildIfNeeded, environment, installPackages, nodeProgram, root, say } from './setup.mjs'
import { unpackPeers } from './unpack-peers.mjs'

/*
 * `npm test`: packages, peers, build, checks, tests; ends with one line that counts them.
 * The peers are real programs from Debian. Where they are missing and this user may install them, they are
 * installed; else their tests are skipped and named. With CI set, a missing peer is a failure.
 */
const PEERS = [
  { program: 'postfix', packages: ['postfix'] },
  { program: 'dovecot', packages: ['dovecot-core', 'dovecot-lmtpd', 'dovecot-imapd'] },
  { program: '/usr/lib/dovecot/submission', packages: ['dovecot-submissiond'] },
  { program: 'msmtp', packages: ['msmtp'] },
  { program: 'swaks', packages: ['swaks'] },
  { program: 'curl', packages: ['curl'] },
  { program: 'python3', packages: ['python3'] },
  { program: 'script', packages: ['bsdutils'] },
  { program: 'ip', packages: ['iproute2'] },
  { program: 'nft', packages: ['nftables'] },
  { program: 'chromium', packages: ['chromium'] },
  { program: 'dig', packages: ['bind9-dnsutils'] },
  { program: 'dnssec-signzone', packages: ['bind9-utils'] },
  { program: 'nsd', packages: ['nsd'] },
  { program: 'unbound', packages: ['unbound'] },
  { program: 'gnome-keyring-daemon', packages: ['gnome-keyring'] },
  { program: 'dbus-run-session', packages: ['dbus', 'dbus-x11'] },
  { program: 'secret-tool', packages: ['libsecret-tools'] },
  { program: 'openssl', packages: ['openssl'] },
  { program: 'setpriv', packages: ['util-linux'] },
  { program: 'gpg', packages: ['gnupg'] },
  { program: 'php', packages: ['php-cli'] },
  { program: 'ruby', packages: ['ruby'] },
  { program: '/usr/lib/git-core/git-send-email', packages: ['git-email'] },
  { program: '/usr/share/perl5/IO/Socket/SSL.pm', packages: ['libio-socket-ssl-perl'] },
  { program: '/usr/share/perl5/Authen/SASL.pm', packages: ['libauthen-sasl-perl'] },
  { program: '/usr/share/perl5/Mail/Address.pm', packages: ['libmailtools-perl'] },
]

installPackages()
reportMissing([...installPeers(), ...unpackPeers(join(root, 'node_modules', '.cache', 'mail-servers'), say)])
buildIfNeeded()

const counts = { passed: 0, failed: 0, skipped: 0 }
for (const check of ['typecheck', 'lint', 'format:check']) {
  const result = spawnSync('npm', ['run', '-s', check], {
    cwd: root,
    env: environment(),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (result.status === 0) counts.passed++
  else {
    counts.failed++
    process.stdout.write(`${check} failed\n${result.stdout}${result.stderr}\n`)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'mailwright-test-'))
const report = join(folder, 'report.json')
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const tests = spawnSync(
  nodeProgram(),
  [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)],
  {
    cwd: root,
    env: environment(),
    stdio: 'inherit',
  },
)
if (existsSync(report)) {
  const result = JSON.parse(readFileSync(report, 'utf8'))
  counts.passed += result.numPassedTests
  counts.failed += result.numFailedTests
  counts.skipped += result.numPendingTests + (result.numTodoTests ?? 0)
  // A file that could not even be loaded has no tests to count.
  counts.failed += result.testResults.filter(
    file => file.status === 'failed' && file.assertionResults.length === 0,
  ).length
}
if (tests.status !== 0 && counts.failed === 0) counts.failed = 1
rmSync(folder, { recursive: true, force: true })

process.stdout.write(
  `\n${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}\n`,
)
process.exit(counts.failed > 0 ? 1 : 0)

function installPeers() {
  const missing = PEERS.filter(peer => !onPath(peer.program))
  if (missing.length === 0) return []
  const packages = missing.flatMap(peer => peer.packages)
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    say(`Installing from Debian: ${packages.join(' ')}`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 2] })
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      env,
      stdio: ['ignore', 'ignore', 2],
    })
  }
  return PEERS.filter(peer => !onPath(peer.program)).map(peer => peer.program)
}

function reportMissing(programs) {
  if (programs.length === 0) return
  const fate = process.env.CI ? 'failures' : 'skipped'
  say(`Not installed, so the tests that need them are ${fate}: ${programs.join(', ')}`)
}

/** Daemons live in folders that an ordinary user's PATH may lack. */
function onPath(program) {
  if (isAbsolute(program)) return existsSync(program)
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin', '/usr/local/sbin']
  return folders.some(folder => folder !== '' && existsSync(join(folder, program)))
}
