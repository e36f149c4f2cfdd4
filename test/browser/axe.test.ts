import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeInBrowser } from './support/chromium.ts'
import { makePracticeAccount, openWindow, show, type TestWindow } from './support/window.ts'

const TABS = ['path', 'transcript', 'certificate', 'settings', 'export', 'history'] as const

describeInBrowser('axe finds no violation', () => {
  describe.each(['light', 'dark'] as const)('in the %s theme', colorScheme => {
    let window: TestWindow
    let id: string
    beforeAll(async () => {
      window = await openWindow({ colorScheme })
      await window.page.getByRole('heading', { name: 'No account yet' }).waitFor()
      await expectNoViolation(window.page)
      id = await makePracticeAccount(window.page)
      // One run that fails and one that works, so that every kind of content is on the pages.
      await show(window.page, '#/practice')
      await window.page.getByRole('textbox', { name: 'Find a fault' }).fill('refuses the password')
      await window.page.getByRole('switch', { name: 'Refuses the password' }).click({ force: true })
      await window.page.getByText('with 1 fault on').waitFor()
      await show(window.page, `#/account/${id}/path`)
      await window.page.getByRole('button', { name: 'Test connection' }).click()
      await window.page.getByRole('heading', { name: 'Findings' }).waitFor()
    })
    afterAll(() => window.close())

    test.each(TABS)('on an account, tab %s', async tab => {
      await show(window.page, `#/account/${id}/${tab}`)
      await window.page.getByRole('tab', { name: new RegExp(tab, 'i'), selected: true }).waitFor()
      await window.page.getByRole('tabpanel').locator('> *').first().waitFor()
      const folded = window.page.getByRole('button', { name: /settings \(\d+\)/i, expanded: false })
      while ((await folded.count()) > 0) await folded.first().click()
      await expectNoViolation(window.page)
    })

    test('on a finding, its evidence and its fixes', async () => {
      await show(window.page, `#/account/${id}/path`)
      await window.page.getByRole('list', { name: 'Findings' }).waitFor()
      await expectNoViolation(window.page)
    })

    test('in the dialog that sends', async () => {
      await window.page.getByRole('button', { name: 'Send test email' }).click()
      await window.page.getByRole('dialog').waitFor()
      await expectNoViolation(window.page)
      await window.page.keyboard.press('Escape')
    })

    test('on the accounts, with the menu of one of them', async () => {
      await show(window.page, '#/accounts')
      await window.page.getByRole('button', { name: 'More for Practice' }).click()
      await window.page.getByRole('menuitem', { name: 'Rename' }).waitFor()
      await expectNoViolation(window.page)
      await window.page.keyboard.press('Escape')
    })

    test('on practice, every fault unfolded', async () => {
      await show(window.page, '#/practice')
      await window.page.getByRole('button', { name: 'All off' }).click()
      const folded = window.page.locator('h3 button[aria-expanded=false]')
      while ((await folded.count()) > 0) await folded.first().click()
      await expectNoViolation(window.page)
    })

    test('on a message that was opened in the practice inbox', async () => {
      await show(window.page, `#/account/${id}/path`)
      await window.page.getByRole('button', { name: 'Send test email' }).click()
      await window.page.getByRole('button', { name: 'Send', exact: true }).click()
      await window.page.getByText('The server took the message').waitFor()
      await show(window.page, '#/practice')
      // Not in the HTML view: its frame runs no script, and so not axe either.
      for (const view of ['Text', 'Headers', 'Source']) {
        await window.page.getByText(view, { exact: true }).click()
        await expectNoViolation(window.page)
      }
    })

    test('on the settings', async () => {
      await show(window.page, '#/settings')
      await window.page.getByRole('heading', { name: 'Where things are stored' }).waitFor()
      await expectNoViolation(window.page)
    })

    test('on each step of the wizard, what is missing marked', async () => {
      const { page } = window
      await show(page, '#/add')
      await page.getByRole('button', { name: 'Another provider' }).click()
      await page.getByRole('textbox', { name: 'Find a provider' }).waitFor()
      await expectNoViolation(page)
      await page
        .getByRole('button', { name: /Amazon SES/ })
        .first()
        .click()
      await page.getByRole('button', { name: 'Next: sign-in' }).click()
      await page.getByText('This is needed.').first().waitFor()
      await page.getByRole('button', { name: 'More settings' }).click()
      await expectNoViolation(page)
      await page.getByRole('textbox', { name: /^Sender address/ }).fill('someone@example.org')
      await page.getByRole('textbox', { name: /^User name/ }).fill('AKIAEXAMPLE')
      await page.getByRole('button', { name: 'Next: sign-in' }).click()
      await page.getByRole('button', { name: 'Test connection' }).click()
      await page.getByText('There is no password yet.').waitFor()
      await expectNoViolation(page)
    })

    test('in the command palette', async () => {
      await window.page.keyboard.press('Control+k')
      await window.page.getByRole('combobox', { name: 'Search accounts, pages and actions' }).waitFor()
      await expectNoViolation(window.page)
      await window.page.keyboard.press('Escape')
    })

    test('when the engine is gone', async () => {
      await window.endEngine()
      await window.page.getByText('The engine cannot be reached.').waitFor()
      await expectNoViolation(window.page)
    })
  })
})

async function expectNoViolation(page: Page): Promise<void> {
  // Colours that are fading in have no contrast of their own yet.
  await page.evaluate(() => Promise.all(document.getAnimations().map(animation => animation.finished)))
  const { violations } = await new AxeBuilder({ page }).analyze()
  const told = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(node => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`).join('\n')}`,
  )
  expect(told).toEqual([])
}
