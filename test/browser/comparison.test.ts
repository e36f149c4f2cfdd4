import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeInBrowser } from './support/chromium.ts'
import { violationsOf } from './support/violations.ts'
import { makePracticeAccount, openWindow, show, type TestWindow } from './support/window.ts'

describeInBrowser('what changed since an account last worked', () => {
  describe.each(['light', 'dark'] as const)('in the %s theme', colorScheme => {
    let window: TestWindow
    let id: string
    beforeAll(async () => {
      window = await openWindow({ colorScheme })
      const { page, client } = window
      id = await makePracticeAccount(page)
      await page.getByRole('button', { name: 'Test connection' }).click()
      await page.getByText('The server would take mail from this account').waitFor()
      await client.practice.setFaults({ active: ['refuse-password'] })
      await page.getByRole('button', { name: 'Test connection' }).click()
      await page.getByRole('heading', { name: 'Findings' }).waitFor()
    })
    afterAll(() => window.close())

    const lines = () => window.page.getByRole('list', { name: / beside / })

    test('stands beside the failed path, and shows what the server said otherwise', async () => {
      const { page } = window
      const section = page.locator('section', { has: page.getByRole('heading', { name: 'since it last worked' }) })
      await section.getByRole('row', { name: /Sign in .* 535/ }).waitFor()
      await section.getByText('Line by line').click()
      await lines().getByText(/^535/).waitFor()
      await lines().getByText(/^235/).waitFor()
      await lines().getByText('lines are the same').first().waitFor()
      expect(await violationsOf(page)).toEqual([])
    })

    test('is saved as a diff', async () => {
      const { page } = window
      const saved = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Save text' }).click()
      const text = await readFile(await (await saved).path(), 'utf8')
      expect(text).toMatch(/^--- .*\n\+\+\+ .*\n/)
      expect(text).toMatch(/^- <~ {2}235/m)
      expect(text).toMatch(/^\+ <~\* 535/m)
    })

    test('is told on the page Troubleshoot where the account is asked about', async () => {
      const { page } = window
      await show(page, '#/troubleshoot')
      await page.getByRole('button', { name: 'The password is refused' }).click()
      await page.getByRole('combobox', { name: 'Account' }).selectOption({ index: 0 })
      await page.getByRole('button', { name: 'Try to sign in' }).click()
      await page.getByRole('heading', { name: 'since it last worked' }).waitFor()
      expect(await violationsOf(page)).toEqual([])
    })

    test('is shown between two runs of the history', async () => {
      const { page } = window
      await show(page, `#/account/${id}/history`)
      const picks = page.getByRole('checkbox', { name: /^Compare/ })
      await picks.first().click()
      await picks.last().click()
      await lines().getByText(/^535/).waitFor()
      await page.getByText('All lines').click()
      await lines().getByText(/^220 /).first().waitFor()
      expect(await violationsOf(page)).toEqual([])
    })

    test('the page complained about nothing', () => {
      expect(window.complaints).toEqual([])
    })
  })
})
