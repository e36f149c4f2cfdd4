import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeInBrowser } from './support/chromium.ts'
import { BAD, editor, problems } from './support/config-files.ts'
import { openWindow, show, type TestWindow } from './support/window.ts'

describeInBrowser('axe finds no violation on the page for configuration files', () => {
  describe.each(['light', 'dark'] as const)('in the %s theme', colorScheme => {
    let window: TestWindow
    beforeAll(async () => {
      window = await openWindow({ colorScheme })
      await show(window.page, '#/config-files/edit')
      await window.page.getByRole('heading', { name: 'Which file?' }).waitFor()
    })
    afterAll(() => window.close())

    test('before a file is chosen', () => expectNoViolation(window.page))

    test('with a file that has problems', async () => {
      const { page, home } = window
      writeFileSync(join(home, '.msmtprc'), BAD.replace('hsot', 'host'))
      await page.getByRole('textbox', { name: 'Or a path' }).fill('~/.msmtprc')
      await page.keyboard.press('Enter')
      await problems(page).waitFor()
      await expectNoViolation(page)
    })

    test('while it completes', async () => {
      const { page } = window
      await editor(page).click()
      await page.keyboard.press('Control+End')
      await page.keyboard.type('tls_')
      await page.getByRole('option').first().waitFor()
      await expectNoViolation(page)
      await page.keyboard.press('Escape')
    })

    test('while it searches', async () => {
      const { page } = window
      await page.keyboard.press('Control+f')
      await page.getByRole('textbox', { name: 'Find' }).waitFor()
      await expectNoViolation(page)
      await page.keyboard.press('Escape')
    })

    test('in the dialogs', async () => {
      const { page } = window
      await page.getByRole('button', { name: 'Move it to the key ring' }).first().click()
      await page.getByRole('dialog').waitFor()
      await expectNoViolation(page)
      await page.keyboard.press('Escape')
    })

    test('while it converts', async () => {
      const { page } = window
      await page.getByRole('tab', { name: 'Convert' }).click()
      await page.getByRole('textbox', { name: 'Settings to convert' }).fill(BAD.replace('hsot', 'host'))
      await page.locator('pre[aria-label=Result]').getByText('relayhost').waitFor()
      await expectNoViolation(page)
    })
  })
})

async function expectNoViolation(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)).toEqual([])
}
