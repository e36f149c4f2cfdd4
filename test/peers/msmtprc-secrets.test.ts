import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Account } from '#shared/account/account.ts'
import type { MsmtprcSecretSource } from '#shared/msmtprc/compose-secret.ts'
import { type ComposedMsmtprc, composeMsmtprc } from '#shared/msmtprc/compose.ts'
import { encodeBytes } from '#shared/msmtprc/bytes.ts'
import { documentText, parseDocument } from '#shared/msmtprc/document.ts'
import { moveSecrets } from '#shared/msmtprc/move-secret.ts'
import { parseMsmtprc } from '#shared/msmtprc/parse.ts'
import { applyMsmtprcFix } from '#shared/msmtprc/problem.ts'
import { missingKeyringPrograms, startKeyring } from '../service/support/keyring-session.ts'
import { isRoot, peerInstalled } from './support/peer.ts'
import { startPostfix, type Postfix } from './support/postfix.ts'

/*
 * msmtp delivers with each of the ways in which a file can give it the password; the key ring by itself is part of the
 * main job.
 */

const USER = 'ada'
const PASSWORD = 'canary "7Kz ä#$%'
const ready = isRoot() && peerInstalled('postfix', 'dovecot', 'msmtp')

/** A terminal on which msmtp can ask: types the password once it was asked for. */
const TERMINAL = `
import os, pty, sys
password, message, *command = sys.argv[1:]
pid, terminal = pty.fork()
if pid == 0:
    os.dup2(os.open(message, os.O_RDONLY), 0)
    os.execvp(command[0], command)
said = b''
typed = False
while True:
    try:
        part = os.read(terminal, 1024)
    except OSError:
        break
    if not part:
        break
    said += part
    if not typed and b'assword' in said:
        typed = True
        os.write(terminal, password.encode() + b'\\n')
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`

describe.skipIf(!ready)('msmtp delivers', () => {
  let postfix: Postfix
  const folder = mkdtempSync(join(tmpdir(), 'mw-secrets-'))
  const base = { PATH: process.env['PATH'] ?? '', HOME: folder, LANG: 'C.UTF-8' }
  beforeAll(async () => {
    postfix = await startPostfix({ users: { [USER]: PASSWORD } })
  })
  afterAll(async () => {
    await postfix.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  function compose(secret: MsmtprcSecretSource): ComposedMsmtprc {
    const account = Account.parse({
      id: 'lab',
      name: 'lab',
      host: '127.0.0.1',
      port: postfix.ports.submission,
      security: 'starttls',
      user: USER,
      from: 'ada@lab.test',
      caFile: postfix.caFile,
      ehlo: 'client.lab.test',
    })
    const composed = composeMsmtprc([{ account, secret }], { platform: 'linux' })
    if (!composed.ok) throw new Error(composed.error.map(({ message }) => message).join('; '))
    return composed.value
  }

  function write(name: string, content: string | Uint8Array): string {
    const path = join(folder, name)
    writeFileSync(path, content, { mode: 0o600 })
    return path
  }

  const message = (subject: string) => `From: ada@lab.test\r\nTo: bob@lab.test\r\nSubject: ${subject}\r\n\r\nhello\r\n`
  const soon = () => expect.poll(async () => (await postfix.mailbox()).join('\n'))
  const send = (file: string, subject: string, env: NodeJS.ProcessEnv) =>
    spawnSync('msmtp', ['-C', file, 'bob@lab.test'], { input: message(subject), env, encoding: 'utf8' }).stderr

  test('with the password in the file', async () => {
    expect(send(write('inline', compose({ kind: 'inline', value: PASSWORD }).text), 'inline', base)).toBe('')
    await soon().toContain('Subject: inline')
  })

  test('with the command of the person', async () => {
    const secret = write('secret', `${PASSWORD}\nand no more\n`)
    expect(send(write('command', compose({ kind: 'command', value: `cat ${secret}` }).text), 'command', base)).toBe('')
    await soon().toContain('Subject: command')
  })

  test.skipIf(!ready || !peerInstalled('gpg'))(
    'with a password that gpg keeps, stored by the command shown',
    async () => {
      const GNUPGHOME = join(folder, 'gnupg')
      mkdirSync(GNUPGHOME, { mode: 0o700 })
      const env = { ...base, GNUPGHOME }
      const quiet = { env, stdio: ['pipe', 'ignore', 'ignore'] as ['pipe', 'ignore', 'ignore'] }
      try {
        const makeKey = [
          '--batch',
          '--passphrase',
          '',
          '--quick-gen-key',
          'ada@lab.test',
          'default',
          'default',
          'never',
        ]
        execFileSync('gpg', makeKey, quiet)
        const { text, commands } = compose({ kind: 'gpg', gpgFile: join(folder, 'secret.gpg') })
        execFileSync('sh', ['-c', commands[0]?.command ?? ''], { ...quiet, input: `${PASSWORD}\n` })
        expect(send(write('gpg', text), 'gpg', env)).toBe('')
        await soon().toContain('Subject: gpg')
      } finally {
        spawnSync('gpgconf', ['--kill', 'gpg-agent'], { env })
      }
    },
  )

  test.skipIf(!ready || !peerInstalled('python3'))('with a password that it asks for on the terminal', async () => {
    const file = write('prompt', compose({ kind: 'prompt' }).text)
    const text = write('message', message('prompt'))
    const command = ['msmtp', '-C', file, 'bob@lab.test']
    const { status } = spawnSync('python3', ['-c', TERMINAL, PASSWORD, text, ...command], { env: base })
    expect(status).toBe(0)
    await soon().toContain('Subject: prompt')
  })

  test.skipIf(!ready || missingKeyringPrograms() !== null)(
    'once a readable password moved to the key ring',
    async () => {
      const keyring = await startKeyring()
      try {
        const before = compose({ kind: 'inline', value: PASSWORD }).text
        const [move] = moveSecrets(parseMsmtprc(before), 'linux')
        if (move === undefined) throw new Error('the password cannot be moved')
        const env = { ...base, ...keyring.env }
        execFileSync('sh', ['-c', move.storeCommand], { env, input: PASSWORD })
        const after = encodeBytes(documentText(applyMsmtprcFix(parseDocument(Buffer.from(before)), move.fix)))
        const file = write('moved', after)
        expect(readFileSync(file, 'utf8')).not.toContain('canary')
        expect(send(file, 'moved', env)).toBe('')
        await soon().toContain('Subject: moved')
      } finally {
        await keyring.stop()
      }
    },
  )
})
