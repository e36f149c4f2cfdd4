import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from './support/chromium.ts'
import { focusedName, tabTo } from './support/by-keyboard.ts'
import { openWindow, type TestWindow } from './support/window.ts'

describeInBrowser('everything by keyboard', () => {
  let window: TestWindow
  beforeAll(async () => {
    window = await openWindow()
    await window.page.getByRole('heading', { name: 'No account yet' }).waitFor()
  })
  afterAll(() => window.close())

  test('the first stop is a link that skips the sidebar', async () => {
    const { page } = window
    await page.keyboard.press('Tab')
    expect(await focusedName(page)).toBe('Skip to the page')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
  })

  test('an account of the practice server is set up, tested and saved without a pointer', async () => {
    const { page } = window
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: 'Your mail address' }).waitFor()
    await tabTo(page, /^Practice server/)
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: /^Account name/ }).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('A password is kept already').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('The server would take mail from this account').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: '“Practice” is saved' }).waitFor()
  })

  test('the focus moves to a step when it is come to', async () => {
    const { page } = window
    await tabTo(page, /^Send a test email/)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    expect(await focusedName(page)).toBe('Recipient')
    await page.keyboard.press('Control+Enter')
    await page.getByText('The server took the message').waitFor()
  })

  test('the palette finds an action by name and carries it out', async () => {
    const { page } = window
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').waitFor()
    await page.keyboard.type('msmtprc pract')
    await page.keyboard.press('Enter')
    await page.getByRole('tab', { name: 'Export', selected: true }).waitFor()
  })

  test('tabs are walked with the arrow keys', async () => {
    const { page } = window
    await page.getByRole('tab', { name: 'Export' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('tab', { name: 'History', selected: true }).waitFor()
  })

  test('Esc stops a run and keeps what is known', async () => {
    const { page } = window
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').waitFor()
    await page.keyboard.type('built-in')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Find a fault' }).fill('never greets')
    const silent = page.getByRole('switch').first()
    await silent.focus()
    await page.keyboard.press('Space')
    await page.getByText('with 1 fault on').waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').waitFor()
    await page.keyboard.type('test connection')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Stop' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('Stopped before an answer came').first().waitFor()
    expect(await page.getByRole('list', { name: 'Delivery path' }).innerText()).toContain('no lookup needed')
  })

  test('the sidebar is widened with the arrow keys', async () => {
    const { page } = window
    const edge = page.getByRole('separator', { name: 'Width of the sidebar' })
    const before = Number(await edge.getAttribute('aria-valuenow'))
    await edge.focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(async () => Number(await edge.getAttribute('aria-valuenow'))).toBe(before + 16)
  })
})
