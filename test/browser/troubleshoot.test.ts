import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closedPort } from '../support/played-server.ts'
import { describeInBrowser } from './support/chromium.ts'
import { makePracticeAccount, openWindow, show, type TestWindow } from './support/window.ts'

async function enter(page: Page, title: string): Promise<void> {
  await show(page, '#/troubleshoot')
  const anew = page.getByRole('button', { name: 'Start anew' })
  if (await anew.isVisible()) await anew.click()
  await page.getByRole('button', { name: title }).click()
}

async function expectNoViolation(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(node => node.html)])).toEqual([])
}

describeInBrowser('troubleshoot', () => {
  describe.each(['light', 'dark'] as const)('in the %s theme', colorScheme => {
    let window: TestWindow
    beforeAll(async () => {
      window = await openWindow({ colorScheme })
      await makePracticeAccount(window.page)
    })
    afterAll(async () => {
      expect(window.complaints).toEqual([])
      await window.close()
    })

    test('cannot connect: says who is in the way, and signs nobody in', async () => {
      const { page } = window
      await enter(page, 'It cannot connect')
      await page.getByRole('combobox', { name: 'Account' }).selectOption({ label: 'Another server…' })
      await page.getByRole('textbox', { name: 'Mail server' }).fill(`127.0.0.1:${await closedPort()}`)
      await page.getByRole('button', { name: 'Find out why' }).click()
      await page.getByRole('article').first().waitFor()
      await page.getByText('No mail server runs on this machine').first().waitFor()
      await page.getByRole('heading', { name: 'Run it there' }).waitFor()
      await expectNoViolation(page)
    })

    test('password refused: finds it, and takes the right one', async () => {
      const { page, client } = window
      await client.practice.setFaults({ active: ['refuse-password'] })
      await enter(page, 'The password is refused')
      await page.getByRole('combobox', { name: 'Account' }).selectOption({ index: 0 })
      await page.getByRole('button', { name: 'Try to sign in' }).click()
      await page.getByRole('article', { name: 'User name or password is wrong' }).waitFor()
      await expectNoViolation(page)
      await client.practice.setFaults({ active: [] })
      await page.getByRole('button', { name: 'Test again', exact: true }).click()
      await page.getByText('The server took this user name and password').waitFor()
    })

    test('message refused: the fix is applied, and the next test passes', async () => {
      const { page, client } = window
      await client.practice.setFaults({ active: ['helo-name-rejected-late'] })
      await enter(page, 'The message is refused')
      await page.getByRole('combobox', { name: 'Account' }).selectOption({ index: 0 })
      await page.getByRole('button', { name: 'Offer sender and recipient' }).click()
      await page.getByRole('button', { name: 'Apply and test again' }).click()
      await page.getByText('Sender and recipient were accepted').waitFor()
      await page.getByRole('button', { name: 'Undo' }).first().click()
      await client.practice.setFaults({ active: [] })
    })

    test('a fix that does not help can be taken back', async () => {
      const { page, client } = window
      const [before] = await client.accounts.list()
      const { id = '', from = null } = before?.account ?? {}
      await client.accounts.update({ id, change: { from: 'somebody@practice.test' } })
      await page.reload()
      await client.practice.setFaults({ active: ['refuse-sender'] })
      await enter(page, 'Nothing arrives')
      await page.getByRole('combobox', { name: 'Account' }).selectOption({ index: 0 })
      await page.getByRole('textbox', { name: 'Recipient' }).fill('anna@practice.test')
      await page.getByRole('button', { name: 'Send a test message' }).click()
      await page.getByRole('button', { name: 'Apply and test again' }).click()
      await page.getByText('did not help.').waitFor()
      await expectNoViolation(page)
      await page.getByRole('button', { name: 'Take it back', exact: true }).click()
      await page.getByText('did not help.').waitFor({ state: 'detached' })
      const [view] = await client.accounts.list()
      expect(view?.account.from).toBe('somebody@practice.test')
      await client.accounts.update({ id, change: { from } })
      await page.reload()
      await client.practice.setFaults({ active: [] })
    })

    test('one change after the other is tried, and the last one goes back to what was there at first', async () => {
      const { page, client } = window
      const [before] = await client.accounts.list()
      const { id = '', auth = 'auto' } = before?.account ?? {}
      await client.accounts.update({ id, change: { auth: 'cram-md5' } })
      await page.reload()
      await client.practice.setFaults({ active: ['auth-mechanism-unsupported'] })
      await enter(page, 'The password is refused')
      await page.getByRole('combobox', { name: 'Account' }).selectOption({ index: 0 })
      await page.getByRole('button', { name: 'Try to sign in' }).click()
      await page.getByRole('article', { name: 'The server does not know this way of signing in' }).waitFor()
      await page.getByRole('button', { name: 'Apply and test again' }).first().click()
      await page.getByText('“Choose the way of signing in by what is offered” did not help.').waitFor()
      await page.getByRole('button', { name: 'Take it back and try: Sign in with NTLM' }).click()
      await page.getByText('“Sign in with NTLM” did not help.').waitFor()
      await expectNoViolation(page)
      expect(await page.getByRole('button', { name: 'Take it back and try' }).count()).toBe(0)
      await page.getByRole('button', { name: 'Take it back', exact: true }).click()
      await page.getByText('did not help.').waitFor({ state: 'detached' })
      const authNow = async () => (await client.accounts.list())[0]?.account.auth
      expect(await authNow()).toBe('cram-md5')
      // The same from the page of the account.
      await show(page, `#/account/${id}/path`)
      await page.getByRole('button', { name: 'Test connection' }).click()
      await page.getByRole('button', { name: 'Apply and test again' }).first().click()
      await page.getByText('did not help.').waitFor()
      await page.getByRole('button', { name: 'Take it back', exact: true }).click()
      await page.getByText('did not help.').waitFor({ state: 'detached' })
      expect(await authNow()).toBe('cram-md5')
      await client.accounts.update({ id, change: { auth } })
      await page.reload()
      await client.practice.setFaults({ active: [] })
    })

    test('nothing arrives: a message is sent to whom it names, and the question that is left is asked', async () => {
      const { page } = window
      await enter(page, 'Nothing arrives')
      await page.getByRole('combobox', { name: 'Account' }).selectOption({ index: 0 })
      await page.getByRole('button', { name: 'Send a test message' }).click()
      await page.getByText('Type the address that the test message should go to.').waitFor()
      await page.getByRole('textbox', { name: 'Recipient' }).fill('anna@practice.test')
      await page.getByRole('button', { name: 'Send a test message' }).click()
      await page.getByText('The server took the message for anna@practice.test').waitFor()
      await page.getByRole('button', { name: 'A bounce came back' }).click()
      await page.getByRole('textbox', { name: 'Error text' }).waitFor()
    })

    test('lands in spam: the records of the domain, and what to publish', async () => {
      const { page, client } = window
      await client.practice.setFaults({ active: ['no-spf'] })
      await enter(page, 'It lands in spam')
      await page.getByRole('combobox', { name: 'Account' }).selectOption({ index: 0 })
      await page.getByRole('button', { name: 'Look at the domain' }).click()
      await page.getByRole('heading', { name: 'The one test that decides' }).waitFor()
      await expectNoViolation(page)
      await client.practice.setFaults({ active: [] })
    })

    test('an error text: the words that decided are marked, and nothing in it becomes markup', async () => {
      const { page } = window
      await enter(page, 'I have an error text')
      const text =
        '<img src=x onerror=alert(1)>\nself signed certificate in certificate chain\npassword = hunter2hunter2'
      await page.getByRole('textbox', { name: 'Error text' }).fill(text)
      await page.getByRole('button', { name: 'Read the text' }).click()
      await page.getByRole('heading', { name: 'One question decides' }).waitFor()
      expect(await page.locator('mark').allTextContents()).toContain('self signed certificate in certificate chain')
      expect(await page.locator('main img').count()).toBe(0)
      expect(await page.locator('main').textContent()).not.toContain('hunter2')
      await expectNoViolation(page)
      await page.getByRole('button', { name: 'An authority of your own' }).click()
      await page.getByText('By your answer').waitFor()
      await page.getByRole('button', { name: 'Where', exact: true }).click()
      expect(await page.getByRole('textbox', { name: 'Error text' }).inputValue()).toBe(text)
    })

    test('a log of ten megabytes is read while the page stays alive', async () => {
      const { page, home } = window
      const file = join(home, 'mail.log')
      const sent = 'Nov 20 10:00:00 mx postfix/smtp[1234]: 4ABC: to=<a@b.example>, status=sent (250 2.0.0 OK)\n'
      const refused =
        'Nov 20 10:00:01 mx postfix/smtp[9]: 4DEF: to=<c@d.example>, status=bounced (550 5.1.1 User unknown)\n'
      await writeFile(file, sent.repeat(100_000) + refused)
      await enter(page, 'I have an error text')
      await page.locator('input[type=file]').setInputFiles(file)
      await page.getByText('mail.log:').waitFor()
      await page.getByRole('button', { name: 'Read the text' }).click()
      await page.getByRole('article', { name: 'The recipient does not exist' }).waitFor()
    })

    test('by keyboard alone, from the first question to the answer', async () => {
      const { page } = window
      await enter(page, 'I have an error text')
      await page.getByRole('button', { name: 'What you see' }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'I have an error text' }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('textbox', { name: 'Error text' }).focus()
      await page.keyboard.type('550 5.1.1 User unknown')
      await page.keyboard.press('Control+Enter')
      await page.getByRole('article', { name: 'The recipient does not exist' }).waitFor()
    })

    test('a saved report opens again, beside the run of this machine', async () => {
      const { page, client, home } = window
      const [view] = await client.accounts.list()
      const [last] = await client.runs.history({ accountId: view?.account.id ?? '' })
      const report = await client.runs.report({ runId: last?.id ?? '' })
      const file = join(home, 'report.json')
      await writeFile(file, JSON.stringify(report))
      await enter(page, 'I have an error text')
      await page.locator('input[type=file]').setInputFiles(file)
      await page.getByText('judged again by the rules of this version').waitFor()
      await page.getByRole('checkbox', { name: 'Names and addresses of machines' }).check()
      await expectNoViolation(page)
      await page.getByRole('button', { name: 'Close the report' }).click()
      await page.getByRole('textbox', { name: 'Error text' }).waitFor()
    })

    test('the six ways in, at the smallest size', async () => {
      const { page } = window
      await page.setViewportSize({ width: 900, height: 600 })
      await show(page, '#/troubleshoot')
      await page.getByRole('button', { name: 'Start anew' }).click()
      await expectNoViolation(page)
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      )
      expect(wide).toBe(false)
    })
  })
})
