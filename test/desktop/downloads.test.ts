import { existsSync, statSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { buildProgram } from './build.ts'
import { findChromium } from './double/chromium.ts'
import { Desktop } from './driver.ts'
import { connectInPage } from './engine-client.ts'

const missing = findChromium() === null
if (missing && process.env['CI']) throw new Error('there is no Chromium on PATH')
if (missing) process.stderr.write('skipped: downloads in the window need a Chromium on PATH for the test double\n')

let desktop: Desktop

beforeAll(buildProgram)
afterEach(() => desktop?.end())

async function open(): Promise<Desktop> {
  desktop = await Desktop.start()
  await desktop.loaded()
  await desktop.shows('No account yet')
  return desktop
}

describe.skipIf(missing)('a file that the page offers', () => {
  const offer = (url: string, name: string) => `(() => {
    const link = document.createElement('a')
    link.href = ${url}
    link.download = ${JSON.stringify(name)}
    link.click()
  })()`
  const text = (content: string) => `URL.createObjectURL(new Blob([${JSON.stringify(content)}]))`
  const recorded = async (kind: 'download' | 'errorBox' | 'saveDialog') => (await desktop.records())[kind]

  test('is saved where the dialog says, for its owner alone', async () => {
    const { home } = await open()
    const path = join(home, 'chosen.md')
    await desktop.command('choose-save-path', path)
    const client = await connectInPage(desktop)
    const { account } = await client.accounts.create({
      name: 'work',
      settings: AccountSettings.parse({ host: 'mail.practice.test', from: 'me@practice.test' }),
    })
    await desktop.command('reload')
    await desktop.shows('me@practice.test')
    await desktop.evaluate(`void (location.hash = '#/account/${account.id}/export')`)
    await desktop.shows('Download')
    await desktop.evaluate(
      `[...document.querySelectorAll('button')].find(button => button.textContent === 'Download').click()`,
    )
    await expect.poll(() => existsSync(path) && statSync(path).mode & 0o777).toBe(0o600)
    expect(await readFile(path, 'utf8')).toMatch(/^host +mail\.practice\.test$/m)
    expect(JSON.parse((await recorded('saveDialog'))[0] ?? '')).toMatchObject({
      defaultPath: expect.stringMatching(/msmtprc/),
      properties: expect.arrayContaining(['showOverwriteConfirmation']),
    })
  })

  test('is dropped where the dialog is closed', async () => {
    await open()
    await desktop.evaluate(offer(text('a report'), 'report.md'))
    await expect.poll(() => recorded('saveDialog')).toHaveLength(1)
    expect((await desktop.records()).errorBox).toEqual([])
  })

  test('that cannot be written is said to be not saved', async () => {
    const { home } = await open()
    await writeFile(join(home, 'file'), '')
    await desktop.command('choose-save-path', join(home, 'file', 'report.md'))
    await desktop.evaluate(offer(text('a report'), 'report.md'))
    await expect.poll(() => recorded('errorBox')).toEqual([expect.stringContaining('The file was not saved.')])
  })

  test('is nothing but what our own page made', async () => {
    await open()
    await desktop.evaluate(offer(`'data:text/plain,hello'`, 'hello.txt'))
    await expect.poll(() => recorded('download')).toEqual(['prevented data:text/plain,hello'])
    expect(await recorded('saveDialog')).toEqual([])
  })
})
