import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tabTo } from './support/by-keyboard.ts'
import { describeInBrowser } from './support/chromium.ts'
import { makePracticeAccount, openWindow, show, type TestWindow } from './support/window.ts'

/** From wherever the page stands to the first field of an entrance; nothing is clicked. */
async function enter(page: Page, title: RegExp): Promise<void> {
  await show(page, '#/accounts')
  await page.getByRole('heading', { name: 'Accounts', level: 1 }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').waitFor()
  await page.keyboard.type('troubleshoot')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Troubleshoot' }).waitFor()
  if (await page.getByRole('button', { name: 'Start anew' }).isVisible()) {
    await tabTo(page, /^Start anew/)
    await page.keyboard.press('Enter')
  }
  await page.getByRole('heading', { name: 'What do you see?' }).waitFor()
  await tabTo(page, title)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'What do you see?' }).waitFor({ state: 'detached' })
}

/** Chooses what begins with these letters in the list that has the focus. */
async function choose(page: Page, list: RegExp, beginning: string): Promise<void> {
  await tabTo(page, list)
  await page.keyboard.type(beginning)
}

describeInBrowser('each entrance of Troubleshoot, by keyboard alone', () => {
  let window: TestWindow
  beforeAll(async () => {
    window = await openWindow()
    await makePracticeAccount(window.page)
  })
  afterAll(async () => {
    expect(window.complaints).toEqual([])
    await window.close()
  })

  test('it cannot connect', async () => {
    const { page, client } = window
    await client.practice.setFaults({ active: ['refuse-connection'] })
    await enter(page, /^It cannot connect/)
    await choose(page, /^Account/, 'Prac')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('article').first().waitFor()
    await page.getByRole('heading', { name: 'Run it there' }).waitFor()
    await client.practice.setFaults({ active: [] })
    await tabTo(page, /^Test again/)
    await page.keyboard.press('Enter')
    await page.getByText('Works', { exact: true }).first().waitFor()
  })

  test('the password is refused', async () => {
    const { page, client } = window
    await client.practice.setFaults({ active: ['refuse-password'] })
    await enter(page, /^The password is refused/)
    await choose(page, /^Account/, 'Prac')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('article', { name: 'User name or password is wrong' }).waitFor()
    await client.practice.setFaults({ active: [] })
    await page.keyboard.press('Control+Enter')
    await page.getByText('The server took this user name and password').waitFor()
  })

  test('the message is refused, and its fix is applied and taken back', async () => {
    const { page, client } = window
    await client.practice.setFaults({ active: ['helo-name-rejected-late'] })
    await enter(page, /^The message is refused/)
    await choose(page, /^Account/, 'Prac')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('button', { name: 'Apply and test again' }).waitFor()
    await tabTo(page, /^Apply and test again/)
    await page.keyboard.press('Enter')
    await page.getByText('Sender and recipient were accepted').waitFor()
    await tabTo(page, /^Undo/)
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await client.accounts.list())[0]?.account.ehlo).toBeNull()
    await client.practice.setFaults({ active: [] })
  })

  test('it lands in spam', async () => {
    const { page, client } = window
    await client.practice.setFaults({ active: ['no-spf'] })
    await enter(page, /^It lands in spam/)
    await choose(page, /^Account/, 'Prac')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: 'The one test that decides' }).waitFor()
    await client.practice.setFaults({ active: [] })
  })

  test('nothing arrives', async () => {
    const { page } = window
    await enter(page, /^Nothing arrives/)
    await choose(page, /^Account/, 'Prac')
    await tabTo(page, /^Recipient/)
    await page.keyboard.type('anna@practice.test')
    await page.keyboard.press('Control+Enter')
    await page.getByText('The server took the message for anna@practice.test').waitFor()
    await tabTo(page, /^A bounce came back/)
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Error text' }).waitFor()
  })

  test('there is an error text', async () => {
    const { page } = window
    await enter(page, /^I have an error text/)
    await tabTo(page, /^Error text/)
    await page.keyboard.insertText('535 5.7.8 Error: authentication failed: wrong password')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('article', { name: 'User name or password is wrong' }).waitFor()
  })
})
