import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from './support/chromium.ts'
import { openWindow, type TestWindow } from './support/window.ts'

const LIMIT_BYTES = 250_000

describeInBrowser('the first load', () => {
  let window: TestWindow
  beforeAll(async () => {
    window = await openWindow()
  })
  afterAll(() => window.close())

  test('asks for at most 250 kB of JavaScript, gzipped', async () => {
    const { page } = window
    const address = page.url()
    // What the first page still asks for has no body to read once it is gone.
    await page.goto('about:blank')
    const sizes = new Map<string, Promise<number>>()
    page.on('response', response => {
      if (new URL(response.url()).pathname.endsWith('.js'))
        sizes.set(
          response.url(),
          response.body().then(body => gzipSync(body).length),
        )
    })
    await page.goto(address)
    await page.getByRole('heading', { name: 'No account yet' }).waitFor()
    const total = (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0)
    expect(sizes.size).toBeGreaterThan(0)
    expect(total).toBeLessThanOrEqual(LIMIT_BYTES)
  })
})
