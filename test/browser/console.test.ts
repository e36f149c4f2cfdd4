import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeInBrowser } from './support/chromium.ts'
import { violationsOf } from './support/violations.ts'
import { openWindow, show, type TestWindow } from './support/window.ts'

describeInBrowser('the page Console', () => {
  describe.each(['light', 'dark'] as const)('in the %s theme', colorScheme => {
    let window: TestWindow
    let password: string
    beforeAll(async () => {
      window = await openWindow({ colorScheme })
      await show(window.page, '#/console')
      await window.page.getByRole('heading', { name: 'Console' }).waitFor()
      password = 'not-the-password'
    })
    afterAll(() => window.close())

    const prompt = () => window.page.getByRole('textbox', { name: 'Command' })
    const session = () => window.page.getByRole('list', { name: 'Session' })
    const type = async (line: string, expected: string) => {
      await prompt().fill(line)
      await prompt().press('Enter')
      await session().getByText(expected).last().waitFor()
    }

    test('teaches while no session is open', async () => {
      expect(await violationsOf(window.page)).toEqual([])
    })

    test('explains each reply, and STARTTLS upgrades in place', async () => {
      const { page } = window
      await page.getByRole('button', { name: 'Try it with the practice server' }).click()
      await session().getByText('the server is ready').waitFor()
      await type('EHLO client.example', 'greeted; each further line offers an extension')
      await session().getByText('the connection can be upgraded to TLS').waitFor()
      await type('STARTTLS', 'TLS is on')
      await page.getByText(/TLSv1\.3, certificate trusted/).waitFor()
      await type('BOGUS', 'the command was not recognized')
      expect(await violationsOf(page)).toEqual([])
    })

    test('Tab completes, and moves on where there is nothing to complete', async () => {
      const { page } = window
      await prompt().fill('eh')
      await prompt().press('Tab')
      expect(await prompt().inputValue()).toBe('EHLO ')
      await prompt().fill('')
      await prompt().press('Tab')
      expect(await prompt().evaluate(element => element === document.activeElement)).toBe(false)
      await page.keyboard.press('Shift+Tab')
      expect(await prompt().evaluate(element => element === document.activeElement)).toBe(true)
    })

    test('the arrow keys walk through what was sent', async () => {
      await prompt().fill('half a li')
      await prompt().press('ArrowUp')
      expect(await prompt().inputValue()).toBe('BOGUS')
      await prompt().press('ArrowUp')
      expect(await prompt().inputValue()).toBe('STARTTLS')
      await prompt().press('ArrowDown')
      await prompt().press('ArrowDown')
      expect(await prompt().inputValue()).toBe('half a li')
    })

    test('safe mode refuses DATA and leaves the line at the prompt', async () => {
      const { page } = window
      await prompt().fill('DATA')
      await prompt().press('Enter')
      await page.getByText('Safe mode is on, and DATA begins a message.').waitFor()
      expect(await prompt().inputValue()).toBe('DATA')
      await page.getByRole('switch', { name: 'Safe mode' }).click({ force: true })
      await page.getByText('Safe mode is off').waitFor()
      expect(await violationsOf(page)).toEqual([])
      await page.getByRole('switch', { name: 'Safe mode' }).click({ force: true })
    })

    test('the sign-in helper shows its password nowhere', async () => {
      const { page } = window
      await type('EHLO client.example', 'signing in, with one of the mechanisms')
      await page.getByRole('button', { name: 'Sign in…' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Mechanism').selectOption('PLAIN')
      await dialog.getByLabel('User name').fill('someone')
      await dialog.getByLabel('Password or token').fill(password)
      expect(await violationsOf(page)).toEqual([])
      await page.keyboard.press('Enter')
      await dialog.getByText('The server refused: 535').waitFor()
      await page.keyboard.press('Escape')
      await session().getByText('AUTH PLAIN ***').waitFor()
      const encoded = Buffer.from(`\0someone\0${password}`).toString('base64')
      const text = await page.evaluate(() => document.documentElement.innerHTML)
      expect(text).not.toContain(encoded)
      expect(text).not.toContain(password)
    })

    test('a session becomes a script that is played again, step by step', async () => {
      const { page } = window
      await page.getByRole('button', { name: 'Make it from this session' }).click()
      const script = page.getByRole('textbox', { name: 'Script' })
      expect(await script.inputValue()).toContain('C: EHLO client.example\nS: 250*\nC: STARTTLS\nS: 220*')
      await script.fill(
        'S: 220*\nC: EHLO client.example\nS: 250*\nS+ *STARTTLS\nC: MAIL FROM:<a@b.example>\nS: 354*\nC: QUIT',
      )
      await page.getByRole('button', { name: 'Replay' }).click()
      await page.getByText('The server answered otherwise').waitFor()
      const steps = page.getByRole('list', { name: 'Steps of the script' }).getByRole('listitem')
      expect(await steps.count()).toBe(7)
      expect(await steps.nth(3).innerText()).toContain('passed')
      expect(await steps.nth(5).innerText()).toContain('failed')
      expect(await steps.nth(6).innerText()).toContain('not reached')
      expect(await violationsOf(page)).toEqual([])
    })

    test('a connection that does not come about says why', async () => {
      const { page } = window
      await page.getByRole('textbox', { name: 'Server' }).fill('no-such-host.invalid')
      await page.keyboard.press('Enter')
      await page.getByText('No connection came about.').waitFor()
    })

    test('the page complained about nothing', () => {
      expect(window.complaints).toEqual([])
    })
  })
})
