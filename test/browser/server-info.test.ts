import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { answer, playServer, type PlayedServer } from '../support/played-server.ts'
import { describeInBrowser } from './support/chromium.ts'
import { violationsOf } from './support/violations.ts'
import { openWindow, show, type TestWindow } from './support/window.ts'

describeInBrowser('the page Server info', () => {
  describe.each(['light', 'dark'] as const)('in the %s theme', colorScheme => {
    let window: TestWindow
    let server: PlayedServer | null = null
    beforeAll(async () => {
      window = await openWindow({ colorScheme })
      await show(window.page, '#/server-info')
      await window.page.getByRole('heading', { name: 'Server info' }).waitFor()
    })
    afterAll(() => window.close())
    afterEach(async () => {
      await server?.stop()
      server = null
    })

    const look = async (host: string) => {
      const { page } = window
      await page.getByRole('textbox', { name: 'Mail server' }).fill(host)
      await page.keyboard.press('Control+Enter')
    }
    const lookEnded = () => window.page.getByRole('button', { name: 'Look again' }).waitFor()

    test('teaches while nothing was looked at', async () => {
      expect(await violationsOf(window.page)).toEqual([])
    })

    test('shows the practice server: offers, versions, certificate, pin, ports and time', async () => {
      const { page } = window
      await page.getByRole('button', { name: 'Try it with the practice server' }).click()
      await lookEnded()
      const text = await page.getByRole('main').innerText()
      for (const part of [
        'TLS 1.3: accepted',
        'only behind TLS',
        'RFC 4954',
        'tls_fingerprint',
        'Waiting for the greeting',
      ])
        expect(text.toLowerCase()).toContain(part.toLowerCase())
      await page.getByText('Best: port').waitFor()
      expect(await violationsOf(page)).toEqual([])
    })

    test('“Use it” makes an account of the practice server, which knows its password', async () => {
      const { page } = window
      await page.getByRole('button', { name: 'Use it', exact: true }).first().click()
      await page.getByRole('button', { name: 'Test connection' }).click()
      await page.getByText('The server would take mail from this account').waitFor()
      await show(page, '#/server-info')
      await lookEnded()
    })

    test('“Use it” begins an account with what works', async () => {
      const { page } = window
      server = await playServer(async connection => {
        connection.say('220 mail.lab.test ESMTP')
        await answer(connection, { EHLO: ['250 mail.lab.test'], QUIT: ['221 bye'] })
      })
      const port = String(server.port)
      await look(`127.0.0.1:${port}`)
      await lookEnded()
      await page.getByRole('button', { name: 'Use it', exact: true }).first().click()
      await page.getByRole('heading', { name: 'Your mail server' }).waitFor()
      expect(await page.getByRole('textbox', { name: /^Mail server/ }).inputValue()).toBe('127.0.0.1')
      expect(await page.getByRole('textbox', { name: /^Port/ }).inputValue()).toBe(port)
      await show(page, '#/server-info')
      await lookEnded()
      await page.getByLabel('Shown').selectOption({ index: 1 })
    })

    test('a certificate that has run out is a finding, and stands beside the look before', async () => {
      const { page } = window
      await window.client.practice.setFaults({ active: ['expired-certificate'] })
      await page.getByRole('button', { name: 'Look again' }).click()
      await page.getByRole('heading', { name: 'The certificate of the mail server has expired' }).waitFor()
      await lookEnded()
      await page.getByLabel('Side by side with').selectOption({ index: 1 })
      await page.getByRole('region', { name: 'Side by side' }).getByText('expired').first().waitFor()
      expect(await violationsOf(page)).toEqual([])
      await page.getByRole('button', { name: 'Show in transcript' }).first().click()
      await page.getByRole('dialog').getByRole('list', { name: 'Transcript' }).waitFor()
      await page.keyboard.press('Escape')
    })

    test('a server without STARTTLS is said to be in the clear', async () => {
      const { page } = window
      await window.client.practice.setFaults({ active: ['no-starttls'] })
      await page.getByRole('button', { name: 'Look again' }).click()
      await page.getByText('so everything goes in the clear').waitFor()
      await page.getByText('Only in the clear works').waitFor()
      await lookEnded()
      await window.client.practice.setFaults({ active: [] })
    })

    test('whether the server is at risk is tried once it was confirmed, by keyboard too', async () => {
      const { page } = window
      const { smtp } = await window.client.practice.start()
      await window.client.practice.setFaults({ active: ['obey-behind-starttls', 'open-relay'] })
      const door = smtp.find(({ security }) => security === 'starttls')
      await look(`127.0.0.1:${door?.port}`)
      await lookEnded()
      await page.getByRole('button', { name: 'Try it…' }).press('Enter')
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('checkbox', { name: 'Mail from anybody to anybody' }).press('Space')
      const tryIt = dialog.getByRole('button', { name: 'Try it' })
      expect(await tryIt.isDisabled()).toBe(true)
      await dialog.getByRole('checkbox', { name: /I am responsible/ }).press('Space')
      await tryIt.click()
      await dialog.getByText('The address is empty.').waitFor()
      expect(await violationsOf(page)).toEqual([])
      await dialog.getByRole('textbox', { name: /A recipient/ }).fill('somebody@example.net')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'The server obeys commands that were slipped in' }).waitFor()
      await page.getByRole('heading', { name: 'The server passes on mail from anybody to anybody' }).waitFor()
      await lookEnded()
      expect(await page.getByText('At risk', { exact: true }).count()).toBe(2)
      expect(await violationsOf(page)).toEqual([])
      await window.client.practice.setFaults({ active: [] })
    })

    test('what a server says is text, whatever it holds', async () => {
      const { page } = window
      const hostile = '<img src=x onerror=alert(1)> \x1b[31m \u202e'
      server = await playServer(async connection => {
        connection.say(`220 ${hostile}${'long'.repeat(400)}`)
        await answer(connection, {
          EHLO: ['250-mail', `250-${'X'.repeat(300)} ${hostile}`, '250 SIZE 5'],
          QUIT: ['221 bye'],
        })
      })
      await look(`127.0.0.1:${server.port}`)
      await page.getByText('\\x1b[31m').first().waitFor()
      await lookEnded()
      expect(await page.locator('img[src=x]').count()).toBe(0)
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
      ).toBe(true)
      expect(await violationsOf(page)).toEqual([])
    })

    test('Esc stops a look and keeps what is known', async () => {
      const { page } = window
      server = await playServer(() => {})
      await look(`127.0.0.1:${server.port}`)
      await page.getByRole('button', { name: 'Stop' }).waitFor()
      expect(await violationsOf(page)).toEqual([])
      await page.keyboard.press('Escape')
      await lookEnded()
      await page
        .getByText(/stopped/i)
        .first()
        .waitFor()
    })

    test('what is no host is told beside the field', async () => {
      const { page } = window
      await look('someone@example.org')
      await page.getByText('This is a mail address and not the name of a server').waitFor()
      expect(await violationsOf(page)).toEqual([])
    })

    test('the page complained about nothing', () => {
      expect(window.complaints).toEqual([])
    })
  })
})
