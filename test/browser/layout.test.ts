import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from './support/chromium.ts'
import { openWindow, show, type TestWindow } from './support/window.ts'

const HOST = `${'a-rather-long-label.'.repeat(9)}example.org`
const ADDRESS = `${'long.local.part.'.repeat(3)}x@${'long-domain-label.'.repeat(6)}example.org`
const MSMTPRC = Array.from(
  { length: 30 },
  (_, index) => `account ${'name-'.repeat(11)}${index}\nhost ${HOST}\nuser ${ADDRESS}\nfrom ${ADDRESS}\n`,
).join('\n')

describeInBrowser('at 900×600, with long names everywhere', () => {
  let window: TestWindow
  let id: string
  beforeAll(async () => {
    window = await openWindow({ viewport: { width: 900, height: 600 } })
    const { page } = window
    await page
      .getByLabel('Configuration file to import')
      .setInputFiles({ name: 'msmtprc', mimeType: 'text/plain', buffer: Buffer.from(MSMTPRC) })
    await page.getByText('30 accounts were imported').waitFor()
    await page.getByRole('main').getByRole('list', { name: 'Accounts' }).getByRole('link').first().click()
    await page.getByRole('button', { name: 'Test connection' }).click()
    await page.getByRole('heading', { name: 'Findings' }).waitFor()
    id = new URL(page.url()).hash.split('/')[2] ?? ''
  })
  afterAll(() => window.close())

  test.each(['accounts', 'add', 'practice', 'settings'])('the page %s fits its width', async name => {
    await show(window.page, `#/${name}`)
    await window.page.getByRole('heading', { level: 1 }).waitFor()
    await expectToFit()
  })

  test.each(['path', 'transcript', 'certificate', 'settings', 'export', 'history'])(
    'the tab %s fits its width',
    async tab => {
      await show(window.page, `#/account/${id}/${tab}`)
      await window.page.getByRole('tabpanel').locator('> *').first().waitFor()
      await expectToFit()
    },
  )

  test('the sidebar folds to icons and keeps its names for screen readers', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Fold the sidebar' }).click()
    await page.getByRole('navigation').getByRole('link', { name: 'Practice', exact: true }).waitFor()
    expect((await page.getByRole('navigation').boundingBox())?.width).toBeLessThan(60)
    await page.getByRole('button', { name: 'Widen the sidebar' }).click()
  })

  async function expectToFit(): Promise<void> {
    const widths = await window.page.evaluate(() => {
      const main = document.querySelector('main')
      return {
        content: main?.scrollWidth ?? 0,
        room: main?.clientWidth ?? 0,
        page: document.documentElement.scrollWidth,
      }
    })
    expect(widths.content).toBeLessThanOrEqual(widths.room)
    expect(widths.page).toBeLessThanOrEqual(900)
  }
})
