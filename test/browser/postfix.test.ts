import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRoot, peerInstalled } from '../peers/support/peer.ts'
import { startPostfix, type Postfix } from '../peers/support/postfix.ts'
import { leakingFiles, leaksIn } from '../support/canary.ts'
import { startZoneServer, type ZoneServer } from '../support/zone-server.ts'
import { describeInBrowser } from './support/chromium.ts'
import { openWindow, type TestWindow } from './support/window.ts'

const ready = isRoot() && peerInstalled('postfix', 'dovecot', 'msmtp')

const USER = 'ada'
const PASSWORD = 'canary "7Kz ä#$%'

describeInBrowser('the walk through the pages with a real Postfix', () => {
  describe.skipIf(!ready).each([
    { name: 'STARTTLS', security: 'starttls', port: (postfix: Postfix) => postfix.ports.submission },
    { name: 'TLS from the start', security: 'tls', port: (postfix: Postfix) => postfix.ports.smtps },
  ])('over $name', ({ security, port }) => {
    let postfix: Postfix
    let zone: ZoneServer
    let window: TestWindow
    beforeAll(async () => {
      postfix = await startPostfix({ users: { [USER]: PASSWORD } })
      zone = await startZoneServer({
        'lab.test': [['TXT', 'v=spf1 ip4:127.0.0.1 -all']],
        '_dmarc.lab.test': [['TXT', 'v=DMARC1; p=none']],
      })
      // Nothing may ask a resolver beyond this machine.
      const settings = { resolver: `127.0.0.1:${zone.port}` }
      window = await openWindow({}, home =>
        writeFile(join(home, 'settings.json'), JSON.stringify({ version: 1, settings })),
      )
    })
    afterAll(async () => {
      await window.close()
      await zone.close()
      await postfix.stop()
    })

    const arrived = async () => (await postfix.mailbox()).join('\n')

    test('host and port are typed, a wrong password is told, the right one works', async () => {
      const { page } = window
      await page.getByRole('button', { name: 'Add account' }).first().click()
      await page.getByRole('button', { name: /I have host and port/ }).click()
      await page.getByRole('textbox', { name: 'Mail server' }).fill('127.0.0.1')
      await page.getByRole('textbox', { name: 'Port' }).fill(String(port(postfix)))
      await page.getByRole('combobox', { name: 'Encryption' }).selectOption(security)
      await page.getByRole('textbox', { name: /^Sender address/ }).fill('ada@lab.test')
      await page.getByRole('textbox', { name: 'User name' }).fill(USER)
      await page.getByRole('button', { name: 'More settings' }).click()
      await page.getByRole('textbox', { name: 'CA file' }).fill(postfix.caFile)
      await page.getByRole('textbox', { name: /^EHLO name/ }).fill('client.lab.test')
      await page.getByRole('button', { name: 'Next: sign-in' }).click()
      await page.getByRole('textbox', { name: 'Password' }).fill('wrong')
      await page.getByRole('button', { name: 'Test connection' }).click()
      const finding = page.getByRole('list', { name: 'Findings' }).getByRole('article').first()
      await expect.poll(() => finding.innerText()).toContain('535')
      await page.getByRole('button', { name: 'Sign-in', exact: true }).click()
      await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
      await page.getByRole('button', { name: 'Test connection' }).click()
      await page.getByText('The server would take mail from this account').waitFor()
      await page.getByRole('button', { name: 'Save the account' }).click()
      await page.getByRole('button', { name: 'Open the account' }).click()
    })

    test('the test email arrives', async () => {
      const { page } = window
      await page.getByRole('button', { name: 'Send test email' }).click()
      await page.getByRole('textbox', { name: 'Recipient' }).fill('bob@lab.test')
      await page.getByRole('button', { name: 'Send', exact: true }).click()
      await page.getByText('The server took the message for bob@lab.test').waitFor()
      await expect.poll(arrived).toContain('Test message from Mailwright')
      expect(await arrived()).toMatch(/TLSv1\.[23]/)
    })

    test('msmtp delivers with the msmtprc that was saved', async () => {
      const { page, home } = window
      const path = join(home, 'msmtprc')
      await page.getByRole('tab', { name: 'Export' }).click()
      await page.getByRole('radio', { name: /In the file/ }).check()
      await page.getByRole('combobox', { name: /Save to/ }).fill(path)
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByText(/^Saved .* with mode 0600/).waitFor()
      expect(await msmtp(['-C', path, 'bob@lab.test'], 'Subject: by msmtp\r\n\r\nhello\r\n')).toEqual({
        exit: 0,
        stderr: '',
      })
      await expect.poll(arrived).toContain('by msmtp')
    })

    test('the password stands on no page and in no file but that msmtprc', async () => {
      const { page, home, complaints } = window
      for (const tab of ['Path', 'Transcript', 'Certificate', 'Settings', 'Export', 'History']) {
        await page.getByRole('tab', { name: tab }).click()
        await page.getByRole('tabpanel').last().waitFor()
        expect(leaksIn(await page.content(), PASSWORD, USER)).toEqual([])
      }
      expect(leakingFiles(home, PASSWORD, USER)).toEqual([join(home, 'msmtprc')])
      expect(complaints).toEqual([])
    })
  })
})

function msmtp(words: readonly string[], message: string): Promise<{ exit: number | null; stderr: string }> {
  return new Promise(resolve => {
    const child = execFile('msmtp', [...words], (_, __, stderr) => resolve({ exit: child.exitCode, stderr }))
    child.stdin?.end(message)
  })
}
