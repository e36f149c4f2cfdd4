import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { createServices, type ServiceOptions, type Services } from '#host/compose.ts'
import { pagesFolder } from '#host/web/pages.ts'
import { createWebServer } from '#host/web/server.ts'
import { buildProgram } from '../../desktop/build.ts'
import { launch } from './chromium.ts'

/** The program through its loopback door, with a browser that shows it. */
export type TestWindow = {
  readonly home: string
  /** The engine itself, to prepare what a page is to show. */
  readonly client: Services['client']
  readonly context: BrowserContext
  readonly page: Page
  /** What the page complained about: uncaught errors and messages of its console. */
  readonly complaints: string[]
  /** Ends the engine and leaves the page open. */
  endEngine(): Promise<void>
  close(): Promise<void>
}

/** Starts the engine in a home of its own and opens the pages as they were built. */
export async function openWindow(
  options: BrowserContextOptions = {},
  prepare: (home: string) => Promise<void> = () => Promise.resolve(),
  serviceOptions: Partial<ServiceOptions> = {},
): Promise<TestWindow> {
  await buildProgram()
  const home = await mkdtemp(join(tmpdir(), 'mailwright-browser-'))
  await prepare(home)
  const env = { PATH: process.env.PATH, HOME: home, MAILWRIGHT_HOME: home }
  const services = await createServices({ ...serviceOptions, door: 'web', env })
  const server = await createWebServer({ router: services.router, folder: pagesFolder(), port: 0 })
  const browser: Browser = await launch()
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    // A test that clicks or measures in the middle of a transition says something else each time.
    reducedMotion: 'reduce',
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  await page.goto(server.link)
  let engineRuns = true
  const endEngine = async () => {
    if (!engineRuns) return
    engineRuns = false
    await server.close()
    await services.close()
  }
  return {
    home,
    client: services.client,
    context,
    page,
    complaints,
    endEngine,
    async close() {
      await browser.close()
      await endEngine()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** Shows a page of the program by its address. */
export async function show(page: Page, hash: string): Promise<void> {
  await page.evaluate(fragment => {
    window.location.hash = fragment
  }, hash)
}

/** Makes an account of the practice server through the pages and returns its id. */
export async function makePracticeAccount(page: Page): Promise<string> {
  await show(page, '#/accounts')
  await page.getByRole('button', { name: 'Try it with the practice server' }).click()
  await page.getByRole('button', { name: 'Test connection' }).waitFor()
  return new URL(page.url()).hash.split('/')[2] ?? ''
}
