import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from './support/chromium.ts'
import { BAD, CANARY, editor, problems } from './support/config-files.ts'
import { openWindow, show, type TestWindow } from './support/window.ts'

/** CR LF but for one line, a byte that is not UTF-8, no line feed at the end. */
const ODD = Buffer.from('# caf\xe9\r\naccount default\r\nhost smtp.example.com\nport 25\r\ntls off', 'latin1')

describeInBrowser('the page for configuration files', () => {
  let window: TestWindow
  let page: Page
  let path: string
  beforeAll(async () => {
    window = await openWindow()
    page = window.page
    path = join(window.home, '.msmtprc')
    await page.evaluate(() => {
      document.addEventListener('securitypolicyviolation', event => console.error(`policy: ${event.violatedDirective}`))
    })
  })
  afterAll(() => window.close())

  test('is used with the keyboard alone: opened, edited, completed, mended and saved', async context => {
    writeFileSync(path, BAD)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').waitFor()
    await page.keyboard.type('config files')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Which file?' }).waitFor()
    await page.keyboard.press('Control+Enter')
    await soon(() => problems(page).innerText()).toContain('unknown command hsot')
    await page.getByText('msmtp refuses this file at line 8.').waitFor()

    // To the line that is wrong, and its fix.
    await page.keyboard.press('Control+Home')
    for (let line = 1; line < 8; line += 1) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Control+.')
    await soon(() => problems(page).innerText()).not.toContain('hsot')
    await page.getByText('msmtp reads this file.').waitFor()

    await page.keyboard.press('Control+End')
    await page.keyboard.type('tls_star')
    await page.getByRole('option', { name: 'tls_starttls', exact: true }).waitFor()
    // The list takes no key before it was there to be seen for a moment.
    await page.waitForFunction(
      shownAt => performance.now() > shownAt + 100,
      await page.evaluate(() => performance.now()),
    )
    await page.keyboard.press('Enter')
    await page.keyboard.type('o')
    await page.getByRole('option', { name: 'on', exact: true }).waitFor()
    await page.keyboard.type('n')
    await soon(() => page.getByRole('option').count()).toBe(0)
    await page.keyboard.press('Control+Enter')
    await page.getByText(`Saved ${path} with mode 0600.`).waitFor()

    const saved = readFileSync(path, 'utf8')
    expect(saved).toBe(`${BAD.replace('hsot', 'host')}tls_starttls on`)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(window.home).filter(name => name.startsWith('.msmtprc.backup-'))).toHaveLength(1)
    if (!installed('msmtp')) context.skip('msmtp is not installed')
    expect(pretend(path)).toContain('using account default')
  })

  test('says what msmtp would use as msmtp itself does, the password masked', async context => {
    if (!installed('msmtp')) context.skip('msmtp is not installed')
    await page.getByRole('textbox', { name: 'From address' }).fill('me@home.example')
    const shown = page.getByLabel('What msmtp would use', { exact: true })
    await soon(() => shown.innerText()).toContain('account chosen by envelope from address me@home.example: home')
    const said = pretend(path, '--from=me@home.example')
    expect(settingsIn(await shown.innerText())).toEqual(settingsIn(said))
    expect(await shown.innerText()).toContain('password = *')
    await page.getByRole('textbox', { name: 'From address' }).fill('')
  })

  test('leads a password into the key ring and writes the line that fetches it', async () => {
    await page.getByRole('button', { name: 'Move it to the key ring' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('secret-tool store').waitFor()
    expect(await dialog.innerText()).not.toContain(CANARY)
    await dialog.getByRole('button', { name: 'Replace the line' }).click()
    await soon(() => editor(page).innerText()).toContain('passwordeval secret-tool lookup host smtp.example.com')
    await soon(() => page.getByText('A password stands readable in this file').count()).toBe(0)
  })

  test('keeps what was typed while another page is shown, undo included', async () => {
    await show(page, '#/settings')
    await page.getByRole('heading', { name: 'Where things are stored' }).waitFor()
    await page.goBack()
    await page.getByText('Not saved yet').waitFor()
    await editor(page).click()
    await page.keyboard.press('Control+z')
    await soon(() => editor(page).innerText()).toContain(`password ${CANARY}`)
    await soon(() => page.getByText('Not saved yet').count()).toBe(0)
  })

  test('does not save over what another program wrote, unless told to', async () => {
    await editor(page).click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('# from the page\n')
    writeFileSync(path, '# from elsewhere\n')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText(/another program changed/i).waitFor()
    expect(readFileSync(path, 'utf8')).toBe('# from elsewhere\n')
    await page.getByRole('button', { name: 'Save over it' }).click()
    await page.getByText(`Saved ${path} with mode 0600.`).waitFor()
    expect(readFileSync(path, 'utf8')).toContain('# from the page')
    const backups = readdirSync(window.home).filter(name => name.startsWith('.msmtprc.backup-'))
    expect(backups.map(name => readFileSync(join(window.home, name), 'utf8'))).toContain('# from elsewhere\n')
  })

  test('asks before it throws away what was typed', async () => {
    await editor(page).click()
    await page.keyboard.type('x')
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Keep editing' }).click()
    await page.getByText('Not saved yet').waitFor()
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('heading', { name: 'Which file?' }).waitFor()
  })

  test('keeps every byte of a file that follows no rule', async () => {
    writeFileSync(path, ODD)
    await page.getByRole('button', { name: 'Open', exact: true }).first().click()
    await problems(page).waitFor()
    await page.getByRole('img', { name: 'A byte that is not UTF-8' }).waitFor()
    await editor(page).click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('\ntimeout 5')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText(`Saved ${path} with mode 0600.`).waitFor()
    expect(readFileSync(path)).toEqual(Buffer.concat([ODD, Buffer.from('\ntimeout 5')]))
    await page.getByRole('button', { name: 'Close', exact: true }).click()
  })

  test('opens a file that is dropped, and makes accounts of it', async () => {
    await drop(page, 'dropped.msmtprc', 'account dropped\nhost smtp.dropped.example\n')
    await page.getByRole('heading', { name: 'dropped.msmtprc' }).waitFor()
    await page.getByRole('button', { name: 'Make accounts from it' }).click()
    await page.getByText('1 account was imported: dropped').waitFor()
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
  })

  test('makes a file from accounts that msmtp reads', async () => {
    await page.getByRole('button', { name: 'Make one from accounts' }).click()
    await page.getByRole('checkbox', { name: /dropped/ }).waitFor()
    await page.getByRole('radio', { name: 'Ask each time' }).check()
    await page.getByRole('button', { name: 'Make the file' }).click()
    await page.getByText('msmtp reads this file.').waitFor()
    expect(await editor(page).innerText()).toContain('smtp.dropped.example')
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
  })

  test('converts between formats and says what is lost', async () => {
    await page.getByRole('tab', { name: 'Convert' }).click()
    await page.getByRole('textbox', { name: 'Settings to convert' }).fill(BAD.replace('hsot', 'host'))
    await page.getByRole('combobox', { name: 'To' }).selectOption('nodemailer-json')
    const result = page.locator('pre[aria-label=Result]')
    await soon(() => result.innerText()).toContain('"host": "smtp.example.com"')
    expect(await result.innerText()).not.toContain(CANARY)
    await page.getByRole('combobox', { name: 'To' }).selectOption('nullmailer')
    await page.getByRole('list', { name: 'What cannot be carried over' }).waitFor()
    await page.getByRole('textbox', { name: 'Settings to convert' }).fill('hello')
    await page.getByText('This cannot be converted').waitFor()
  })

  test('never ran into the policy of the pages, nor complained of anything', () => {
    expect(window.complaints).toEqual([])
  })
})

/** The check of what was typed waits until typing stops, and the machine may have other work. */
function soon<T>(look: () => Promise<T>) {
  return expect.poll(look)
}

async function drop(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate(
    ([fileName, content]) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([content], fileName))
      for (const type of ['dragenter', 'dragover', 'drop']) {
        window.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
      }
    },
    [name, text] as const,
  )
}

function installed(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0
}

function pretend(file: string, ...options: readonly string[]): string {
  return execFileSync('msmtp', ['-C', file, ...options, '--pretend', 'x@example.org'], { input: '', encoding: 'utf8' })
}

/** The lines `name = value`; file names stand in others. */
function settingsIn(said: string): readonly string[] {
  return said.split('\n').filter(line => / = /.test(line))
}
