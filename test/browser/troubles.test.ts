import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from './support/chromium.ts'
import { openWindow, show, type TestWindow } from './support/window.ts'

const MSMTPRC = `
account work
host smtp.example.org
port 587
tls on
auth on
user someone@example.org
from someone@example.org
`

describeInBrowser('when something is wrong, nothing that was typed or stored is lost', () => {
  let window: TestWindow
  beforeAll(async () => {
    window = await openWindow({}, home => writeFile(join(home, 'accounts.json'), '{"version":1,"accou'))
  })
  afterAll(() => window.close())

  test('a store file that was cut in half is kept aside, and a banner names it', async () => {
    const { page, home } = window
    await page.getByText('accounts.json could not be read').waitFor()
    const kept = (await readdir(home)).find(name => name.startsWith('accounts.broken'))
    await page.getByText(join(home, kept ?? 'none')).waitFor()
    await page.getByRole('button', { name: 'Dismiss' }).click()
  })

  test('a file with accounts is imported, and what it could not carry over is told', async () => {
    const { page } = window
    await page.getByLabel('Configuration file to import').setInputFiles({
      name: 'msmtprc',
      mimeType: 'text/plain',
      buffer: Buffer.from(`${MSMTPRC}nonsense here\n`),
    })
    await page.getByText('1 account was imported: work').waitFor()
    await page.getByText('nonsense').waitFor()
  })

  test('a removed account comes back with Undo', async () => {
    const { page } = window
    const link = page.getByRole('main').getByRole('link', { name: 'work' })
    await page.getByRole('button', { name: 'More for work' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await expect.poll(() => link.count()).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await link.waitFor()
  })

  test('a name that msmtp cannot take, or that is taken, is told beside its field', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'More for work' }).click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    const name = page.getByRole('textbox', { name: 'Name' })
    await name.fill('a:b')
    await page.getByText('msmtp reads them as separators').waitFor()
    await name.fill('at work')
    await page.getByRole('button', { name: 'Rename', exact: true }).click()
    await page.getByRole('main').getByRole('link', { name: 'at work' }).waitFor()
  })

  test('an SMTP URL that is pasted into the host field is split, and its password is not shown', async () => {
    const { page } = window
    await show(page, '#/add')
    await page.getByRole('button', { name: /I have host and port/ }).click()
    await page
      .getByRole('textbox', { name: /^Mail server/ })
      .fill('smtps://me%40example.org:c%40nary-7431@smtp.example.org')
    await page.getByRole('textbox', { name: /^Sender address/ }).fill('me@example.org')
    expect(await page.getByRole('textbox', { name: /^Mail server/ }).inputValue()).toBe('smtp.example.org')
    expect(await page.getByRole('textbox', { name: /^User name/ }).inputValue()).toBe('me@example.org')
    expect(await page.getByRole('combobox', { name: /^Encryption/ }).inputValue()).toBe('tls')
    expect(await page.locator('body').innerHTML()).not.toContain('nary-7431')
  })

  test.each(['0', '65536', 'abc'])('port %s is told beside its field, once typing rests', async port => {
    const { page } = window
    await page.getByRole('textbox', { name: /^Port/ }).fill(port)
    await page.getByText('A whole number from 1 to 65535.').waitFor()
  })

  test('walking back and looking at another page loses nothing of the wizard', async () => {
    const { page } = window
    await page.getByRole('textbox', { name: /^Port/ }).fill('465')
    await page.getByRole('button', { name: 'Next: sign-in' }).click()
    expect(await page.getByRole('textbox', { name: 'Password' }).inputValue()).toBe('c@nary-7431')
    await page.getByRole('button', { name: 'Back' }).click()
    await show(page, '#/settings')
    await page.getByRole('heading', { name: 'Where things are stored' }).waitFor()
    await show(page, '#/add')
    expect(await page.getByRole('textbox', { name: /^Mail server/ }).inputValue()).toBe('smtp.example.org')
  })

  test('a name server that cannot be is told, and the saved one stays', async () => {
    const { page } = window
    await show(page, '#/settings')
    const resolver = page.getByRole('textbox', { name: /^Name server/ })
    await resolver.fill('not a server:99999')
    await resolver.press('Enter')
    await page.getByText('is not the address of a DNS server').waitFor()
    expect(await resolver.inputValue()).toBe('not a server:99999')
  })

  test('a page keeps what it shows when the engine is gone, and says so', async () => {
    const { page } = window
    await show(page, '#/accounts')
    await page.getByRole('main').getByRole('link', { name: 'at work' }).waitFor()
    await window.endEngine()
    await page.getByText('The engine cannot be reached.').waitFor()
    expect(await page.getByRole('main').getByRole('link', { name: 'at work' }).count()).toBe(1)
    await page.getByRole('button', { name: 'More for at work' }).click()
    await page.getByRole('menuitem', { name: 'Duplicate' }).click()
    await page.getByText('The account was not copied').waitFor()
  })
})
