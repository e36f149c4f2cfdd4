import { decodeBytes, encodeBytes } from '#shared/msmtprc/bytes.ts'
import { checkMsmtprc } from '#shared/msmtprc/check.ts'
import { documentText, parseDocument } from '#shared/msmtprc/document.ts'
import { parseMsmtprc } from '#shared/msmtprc/parse.ts'
import { resolveAccount } from '#shared/msmtprc/resolve.ts'

/*
 * How long a file of 10,000 accounts takes, and how that grows: `node test/bench/msmtprc.ts`. Ten times the accounts
 * should take about ten times as long.
 */

const ENVIRONMENT = {
  home: '/home/ann',
  user: 'ann',
  hostname: 'box',
  canonicalHostname: 'box',
  mailname: null,
  email: null,
  smtpServer: null,
}
const ROUNDS = 5

function fileOf(accounts: number): Uint8Array {
  const blocks = Array.from({ length: accounts }, (_, index) =>
    [
      `# account ${index}`,
      `account a${index}${index % 3 === 0 ? '' : ` : a${index - 1}`}`,
      `host mail${index}.example.org`,
      'port 587',
      'auth on',
      `user ü${index}`,
      `from user${index}@example.org`,
      'passwordeval pass show mail',
      'logfile /var/log/mail.log',
    ].join('\n'),
  )
  return encodeBytes(`defaults\ntls on\ntls_starttls on\n${blocks.join('\n\n')}\naccount default : a0\n`)
}

function measure(bytes: Uint8Array): number {
  const startedAt = performance.now()
  encodeBytes(documentText(parseDocument(bytes)))
  const parsed = parseMsmtprc(decodeBytes(bytes))
  checkMsmtprc(parsed, null, '/home/ann')
  resolveAccount(parsed.accounts, { account: null, from: 'nobody@example.org' }, ENVIRONMENT, 'file')
  return performance.now() - startedAt
}

function median(bytes: Uint8Array): number {
  const times = Array.from({ length: ROUNDS }, () => measure(bytes)).sort((a, b) => a - b)
  return times[Math.floor(ROUNDS / 2)] ?? 0
}

const small = median(fileOf(1_000))
const large = median(fileOf(10_000))
console.log(
  `1,000 accounts: ${small.toFixed(1)} ms; 10,000 accounts: ${large.toFixed(1)} ms; ratio ${(large / small).toFixed(1)}`,
)
