import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hopelessZone, perfectZone, PERFECT_POLICY } from '../support/domains.ts'
import { type PolicyServer, startPolicyServer } from '../support/policy-server.ts'
import { startZoneServer, type Zone, type ZoneServer } from '../support/zone-server.ts'
import { describeInBrowser } from './support/chromium.ts'
import { openWindow, show, type TestWindow } from './support/window.ts'

const PERFECT = perfectZone()
const ZONES: Zone = {
  ...hopelessZone(),
  ...PERFECT,
  'perfect.test': [...(PERFECT['perfect.test'] ?? []), ['SOA', 7]],
}

describeInBrowser('the domain page', () => {
  let zone: ZoneServer
  let silent: ZoneServer
  let policy: PolicyServer
  beforeAll(async () => {
    zone = await startZoneServer(ZONES, { authenticated: true })
    silent = await startZoneServer({}, { tamper: () => null })
    policy = await startPolicyServer(['mta-sts.perfect.test'], PERFECT_POLICY)
  })
  afterAll(async () => {
    await Promise.all([zone.close(), silent.close(), policy.close()])
  })

  /** A window whose every question goes to the zone on loopback. */
  async function open(colorScheme: 'light' | 'dark'): Promise<TestWindow> {
    const lookPorts = { https: policy.port, ca: policy.ca, dns: zone.port }
    const window = await openWindow({ colorScheme }, undefined, { lookPorts })
    await window.client.settings.update({ resolver: `127.0.0.1:${zone.port}` })
    await show(window.page, '#/domain/look')
    await window.page.getByRole('heading', { name: 'Domain', level: 1 }).waitFor()
    return window
  }

  describe.each(['light', 'dark'] as const)('in the %s theme', colorScheme => {
    let window: TestWindow
    beforeAll(async () => {
      window = await open(colorScheme)
    })
    afterAll(() => window.close())

    test('teaches what it is for while there is nothing to show', async () => {
      await window.page.getByText('Half of all “it lands in spam” is DNS.').waitFor()
      await expectNoViolation(window.page)
    })

    test('shows a perfect domain as perfect', async () => {
      const { page } = window
      await page.getByRole('button', { name: /^Sending address, selectors/ }).click()
      await page.getByRole('textbox', { name: 'Sending address (IP)' }).fill('192.0.2.10')
      await page.getByRole('textbox', { name: 'DKIM selectors' }).fill('s1, s2')
      await page.getByRole('textbox', { name: 'Signing domain (d=)' }).fill('perfect.test')
      await lookAt(page, 'perfect.test')
      await page.getByText('Nothing is wrong with what was looked at.').waitFor()
      await page.getByText('SPF and DKIM both carry it.').waitFor()
      const glance = await page.getByRole('list', { name: 'At a glance' }).innerText()
      for (const word of ['Passes', '2 keys', 'Rejects', 'Leads back', 'Takes mail', 'Enforced', 'Signed']) {
        expect(glance).toContain(word)
      }
      const spf = page.getByRole('region', { name: 'SPF', exact: true })
      expect(await spf.getByRole('meter', { name: 'Lookups' }).getAttribute('aria-valuetext')).toBe('Lookups 3 of 10')
      expect(await spf.getByRole('list', { name: 'SPF terms' }).innerText()).toContain('Matched: 192.0.2.10')
      await expectNoViolation(page)
    })

    test('unfolds what an include leads to, with its cost', async () => {
      const { page } = window
      const tree = page.getByRole('list', { name: 'SPF terms' })
      await tree.getByText('include:_spf.provider.test').click()
      await tree.getByText('include:_a.provider.test').first().waitFor()
      expect(await tree.innerText()).toContain('2 lookups')
    })

    test('asks the name servers of the domain themselves', async () => {
      const { page } = window
      await page.getByRole('button', { name: 'Ask the authoritative servers' }).click()
      await page.getByText('nothing is on its way').waitFor()
      await page.getByRole('list', { name: 'Name servers of perfect.test' }).getByText('serial 7').waitFor()
      zone.publish({ ...ZONES, '_dmarc.perfect.test': [['TXT', 'v=DMARC1; p=quarantine']] })
      await page.getByRole('button', { name: 'Look', exact: true }).click()
      await page.getByRole('region', { name: 'DMARC', exact: true }).getByText('Quarantines').waitFor()
      zone.publish(ZONES)
      await page.getByRole('button', { name: 'Ask the authoritative servers' }).click()
      await page.getByText(/^Published but not visible yet: DMARC/).waitFor()
    })

    test('shows what is wrong with a hopeless domain, and the records that mend it as a diff', async () => {
      const { page } = window
      await page.getByRole('textbox', { name: 'Sending address (IP)' }).fill('203.0.113.77')
      await page.getByRole('textbox', { name: 'EHLO name' }).fill('localhost')
      await page.getByRole('textbox', { name: 'DKIM selectors' }).fill('s1')
      await page.getByRole('textbox', { name: 'Signing domain (d=)' }).fill('')
      await page.getByRole('checkbox', { name: 'Ask blocklists' }).check()
      await lookAt(page, 'boss@hopeless.test')
      const findings = page.getByRole('list', { name: 'Findings' })
      for (const title of [
        'does not say its full name in EHLO',
        'lets everybody send',
        'needs 17 lookups',
        'leads nowhere',
        'is on the blocklist',
      ]) {
        await findings.getByText(title).first().waitFor()
      }
      const first = findings.getByRole('heading').first()
      await first.click()
      await findings.getByRole('list', { name: 'Evidence' }).first().waitFor()
      const plan = page.getByRole('list', { name: 'Repair plan' })
      expect(await plan.innerText()).toContain('Replace the TXT record of _dmarc.hopeless.test')
      expect(await plan.innerText()).toContain('v=DMARC1; p=none')
      await page.getByRole('button', { name: 'Copy all as zone-file lines' }).waitFor()
      await page.getByRole('region', { name: 'SPF', exact: true }).getByText('Lookups 17 of 10 – too many').waitFor()
      await page
        .getByRole('region', { name: 'DMARC', exact: true })
        .getByText('Taken away by RFC 9989')
        .first()
        .waitFor()
      await expectNoViolation(page)
    })

    test('makes a DKIM key without showing its private half', async () => {
      const { page } = window
      await page.getByRole('tab', { name: 'New DKIM key' }).click()
      await page.getByRole('textbox', { name: 'Selector' }).fill('s2026')
      await page.getByRole('button', { name: 'Make a key pair' }).click()
      await page.getByRole('heading', { name: 'The key is made' }).waitFor()
      expect(await page.getByRole('main').innerText()).not.toContain('PRIVATE KEY')
      await expectNoViolation(page)
    })

    test('checks a pasted message', async () => {
      const { page } = window
      await page.getByRole('tab', { name: 'Check a message' }).click()
      const source =
        'Return-Path: <a@perfect.test>\nReceived: from mx1.perfect.test ([192.0.2.10]) by b.test; x\nFrom: a@perfect.test\n\nHi\n'
      await page.getByRole('textbox', { name: 'Source of the message' }).fill(source)
      await page.getByRole('button', { name: 'Check the message' }).click()
      await page.getByText('Passes DMARC').waitFor()
      await expectNoViolation(page)
    })

    test('complains of nothing', () => {
      expect(window.complaints).toEqual([])
    })
  })

  describe('by keyboard, with a resolver that is silent', () => {
    let window: TestWindow
    beforeAll(async () => {
      window = await open('light')
      await window.client.settings.update({ resolver: `127.0.0.1:${silent.port}` })
    })
    afterAll(() => window.close())

    test('Ctrl+Enter looks, Esc stops, and nothing is called missing that was not answered', async () => {
      const { page } = window
      await page.getByRole('textbox', { name: 'Domain or mail address' }).focus()
      await page.keyboard.type('perfect.test')
      await page.keyboard.press('Control+Enter')
      await page.getByRole('button', { name: 'Stop' }).waitFor()
      await page.getByRole('list', { name: 'At a glance' }).waitFor()
      await page.keyboard.press('Escape')
      await page.getByText(`Stopped; 127.0.0.1:${silent.port} was asked`).waitFor()
      const glance = await page.getByRole('list', { name: 'At a glance' }).innerText()
      expect(glance).toContain('Not looked at')
      expect(glance).not.toContain('Missing')
      await expectNoViolation(page)
    })

    test('in a small window with its settings open, what began is in sight', async () => {
      const { page } = window
      await page.setViewportSize({ width: 900, height: 600 })
      await page.getByRole('button', { name: /^Sending address, selectors/ }).click()
      await page.getByRole('textbox', { name: 'Domain or mail address' }).fill('perfect.test')
      await page.keyboard.press('Control+Enter')
      const stop = page.getByRole('button', { name: 'Stop' })
      await stop.waitFor()
      const box = await stop.boundingBox()
      expect((box?.y ?? 600) + (box?.height ?? 0)).toBeLessThan(600)
      await page.keyboard.press('Escape')
      await stop.waitFor({ state: 'detached' })
    })

    test('a name that is none is told beside its field', async () => {
      const { page } = window
      await page.getByRole('textbox', { name: 'Domain or mail address' }).fill('two words')
      await page.keyboard.press('Enter')
      await page.getByText(/is not a domain name/).waitFor()
    })
  })
})

async function lookAt(page: Page, domain: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Domain or mail address' }).fill(domain)
  await page.getByRole('button', { name: 'Look', exact: true }).click()
  await page.getByRole('heading', { name: domain.slice(domain.indexOf('@') + 1), exact: true, level: 2 }).waitFor()
  await page.getByText(/^Answered by/).waitFor()
}

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
