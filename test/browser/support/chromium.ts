import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Browser } from 'playwright-core'
import { chromium } from 'playwright-core'
import { describe } from 'vitest'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

const found = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap(folder => NAMES.map(name => join(folder, name)))
  .find(path => existsSync(path))

/** Tests in a real browser. Without one they are skipped by name; in continuous integration that is a failure. */
export function describeInBrowser(title: string, body: () => void): void {
  if (found === undefined && process.env.CI) throw new Error('there is no Chromium on PATH')
  describe.skipIf(found === undefined)(found === undefined ? `${title} (skipped: no Chromium on PATH)` : title, body)
}

export function launch(): Promise<Browser> {
  return chromium.launch({
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
}
