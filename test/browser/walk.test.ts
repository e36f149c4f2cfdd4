import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from './support/chromium.ts'
import { openWindow, show, type TestWindow } from './support/window.ts'

describeInBrowser('the main job, from nothing to a delivered message and an msmtprc', () => {
  let window: TestWindow
  beforeAll(async () => {
    window = await openWindow()
  })
  afterAll(() => window.close())

  test('the wizard sets up an account of the practice server and tests it', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Add account' }).first().click()
    await page.getByRole('button', { name: /Practice server/ }).click()
    await page.getByRole('button', { name: 'Next: sign-in' }).click()
    await page.getByText('A password is kept already').waitFor()
    await page.getByRole('button', { name: 'Test connection' }).click()
    await page.getByText('The server would take mail from this account').waitFor()
    await expectStations(['Done', 'Done', 'Done', 'Done', 'Done'])
    await page.getByRole('button', { name: 'Save the account' }).click()
    await page.getByRole('heading', { name: '“Practice” is saved' }).waitFor()
    await page.getByRole('button', { name: 'Open the account' }).click()
    await page.getByRole('heading', { name: 'Practice', level: 1 }).waitFor()
  })

  test('the transcript holds the conversation, its password masked', async () => {
    const { page } = window
    await page.getByRole('tab', { name: 'Transcript' }).click()
    const transcript = page.getByRole('list', { name: 'Transcript' })
    await page.getByRole('textbox', { name: 'Filter the transcript' }).fill('AUTH PLAIN')
    await expect.poll(() => transcript.innerText()).toContain('AUTH PLAIN ***')
  })

  test('a test email names its recipient and arrives with the settings that worked', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Send test email' }).click()
    await page.getByRole('textbox', { name: 'Recipient' }).fill('someone@practice.test')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('The server took the message for someone@practice.test').waitFor()
    await show(page, '#/practice')
    await page.getByRole('heading', { name: 'Inbox (1)' }).waitFor()
    const message = page.getByRole('article')
    await expect.poll(() => message.innerText()).toContain('someone@practice.test')
    await expect.poll(() => message.innerText()).toContain('TLSv1.3')
  })

  test('a message in HTML is shown in a frame that can run and fetch nothing', async () => {
    const { page } = window
    await page.getByText('HTML', { exact: true }).click()
    const frame = page.getByTitle('Message')
    expect(await frame.getAttribute('sandbox')).toBe('')
    expect(await frame.getAttribute('srcdoc')).toContain("default-src 'none'")
    await expect.poll(() => frame.contentFrame().locator('body').innerText()).toContain('TLSv1.3')
  })

  test('a refused password is told with the line that proves it, which opens the transcript', async () => {
    const { page } = window
    await page.getByRole('textbox', { name: 'Find a fault' }).fill('refuses the password')
    await page.getByRole('switch', { name: 'Refuses the password' }).click({ force: true })
    await page.getByText('with 1 fault on').waitFor()
    await openAccount()
    await page.getByRole('button', { name: 'Test connection' }).click()
    const finding = page.getByRole('list', { name: 'Findings' }).getByRole('article').first()
    await expect.poll(() => finding.innerText()).toContain('535')
    await finding.getByRole('button', { name: 'Show in transcript' }).first().click()
    await expect.poll(() => page.locator('[data-focused=true]').innerText()).toContain('535')
    await show(page, '#/practice')
    await page.getByRole('button', { name: 'All off' }).click()
  })

  test('a wrong encryption is set right with “Apply and test again”, and the change can be undone', async () => {
    const { page } = window
    await openAccount()
    await page.getByRole('tab', { name: 'Settings' }).click()
    await page.getByRole('combobox', { name: /^Encryption/ }).selectOption('tls')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Test connection' }).click()
    const apply = page.getByRole('button', { name: 'Apply and test again' }).first()
    await apply.waitFor()
    await apply.click()
    await page.getByText('The server would take mail from this account').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('tab', { name: 'Settings' }).click()
    await expect.poll(() => page.getByRole('combobox', { name: /^Encryption/ }).inputValue()).toBe('tls')
    await page.getByRole('combobox', { name: /^Encryption/ }).selectOption('starttls')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect.poll(() => page.getByText('Not saved yet').count()).toBe(0)
  })

  test('settings that are typed survive another page and are marked as not saved', async () => {
    const { page } = window
    await page.getByRole('textbox', { name: /^Sender name/ }).fill('Somebody Else')
    await show(page, '#/settings')
    await page.getByRole('heading', { name: 'Where things are stored' }).waitFor()
    await page.goBack()
    expect(await page.getByRole('textbox', { name: /^Sender name/ }).inputValue()).toBe('Somebody Else')
    await page.getByText('Not saved yet').waitFor()
    await page.getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
    await expect.poll(() => page.getByText('Not saved yet').count()).toBe(0)
  })

  test('the msmtprc is saved with mode 0600, and what was there is kept', async () => {
    const { page, home } = window
    await page.getByRole('tab', { name: 'Export' }).click()
    await page.getByRole('radio', { name: /Ask each time/ }).check()
    const path = join(home, 'msmtprc')
    for (const time of ['first', 'second']) {
      await page.getByRole('combobox', { name: /Save to/ }).fill(path)
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByText(time === 'first' ? /^Saved .* with mode 0600/ : /The file that was there is now/).waitFor()
    }
    expect(await readFile(path, 'utf8')).toContain('host')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  test('two runs are compared, and the page complained of nothing', async () => {
    const { page, complaints } = window
    await page.getByRole('tab', { name: 'History' }).click()
    await page.getByRole('checkbox').nth(0).check()
    await page.getByRole('checkbox').nth(1).check()
    await page.getByRole('heading', { name: 'What changed' }).waitFor()
    expect(complaints).toEqual([])
  })

  /** Through the list of accounts in the sidebar. */
  async function openAccount(): Promise<void> {
    await window.page
      .getByRole('list', { name: 'Accounts' })
      .getByRole('link', { name: /Practice/ })
      .first()
      .click()
  }

  async function expectStations(words: readonly string[]): Promise<void> {
    const stations = window.page.getByRole('list', { name: 'Delivery path' }).getByRole('listitem')
    for (const [index, word] of words.entries()) expect(await stations.nth(index).innerText()).toContain(word)
  }
})
