import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Browser } from 'playwright-core'
import { chromium } from 'playwright-core'
import { afterEach, describe } from 'vitest'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

const found = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap(folder => NAMES.map(name => join(folder, name)))
  .find(path => existsSync(path))

/** Tests in a real browser. Without one they are skipped by name; in continuous integration that is a failure. */
export function describeInBrowser(title: string, body: () => void): void {
  if (found === undefined && process.env.CI) throw new Error('there is no Chromium on PATH')
  describe.skipIf(found === undefined)(found === undefined ? `${title} (skipped: no Chromium on PATH)` : title, () => {
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') await printPages(task.name)
    })
    body()
  })
}

const browsers = new Set<Browser>()

/** What stood on the pages when a test failed: a time-out alone does not tell. */
async function printPages(test: string): Promise<void> {
  const pages = [...browsers].flatMap(browser => browser.contexts().flatMap(context => context.pages()))
  for (const page of pages) {
    const shown = await page.locator('body').ariaSnapshot({ timeout: 5_000 })
    console.error(`${test}: ${new URL(page.url()).hash}\n${shown.slice(0, 12_000)}`)
  }
}

export async function launch(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: found ?? 'chromium',
    args: [
      '--no-sandbox', // build machines run as root, where the sandbox does not start
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      // The browser itself must not talk to the network: only the loopback door is to be heard.
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  browsers.add(browser)
  browser.once('disconnected', () => browsers.delete(browser))
  return browser
}
