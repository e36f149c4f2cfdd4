import { app, type BrowserWindow, dialog, safeStorage, session } from 'electron'
import ElectronStore from 'electron-store'
import { join } from 'node:path'
import { createServices } from '#host/compose.ts'
import { guardDownloads } from './downloads.ts'
import { guardAllContents, guardSession } from './guards.ts'
import { openMainWindow } from './main-window.ts'
import { setMenu } from './menu.ts'
import { serveEngine } from './page-port.ts'
import { registerPageScheme, servePages } from './pages.ts'
import { lookForUpdates } from './updates.ts'

const log = (line: string) => process.stderr.write(`mailwright: ${line}\n`)
const home = process.env['MAILWRIGHT_HOME']
// What Chromium itself keeps lies under the chosen folder too.
if (home) app.setPath('userData', join(home, 'window'))

registerPageScheme()
if (app.requestSingleInstanceLock()) {
  guardAllContents()
  start().catch((error: unknown) => {
    dialog.showErrorBox('Mailwright cannot start', error instanceof Error ? error.message : String(error))
    app.exit(1)
  })
} else {
  app.quit()
}

async function start(): Promise<void> {
  await app.whenReady()
  const services = await createServices({
    door: 'window',
    env: process.env,
    StoreFile: ElectronStore,
    safeStorage,
    log,
  })
  setMenu()
  guardSession(session.defaultSession)
  guardDownloads(session.defaultSession, log)
  servePages(join(app.getAppPath(), 'out', 'renderer'))
  const window = openMainWindow(services.settings, log)
  const stopServing = serveEngine(services.router, window.webContents)
  app.on('second-instance', () => bringForward(window))
  app.on('window-all-closed', () => app.quit())
  closeBeforeQuitting(async () => {
    stopServing()
    await services.close()
  })
  await lookForUpdates(log)
}

function bringForward(window: BrowserWindow): void {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.focus()
}

/** Quitting waits, once, until every connection and file is closed. */
function closeBeforeQuitting(close: () => Promise<void>): void {
  let closing: Promise<void> | null = null
  app.on('will-quit', event => {
    if (closing !== null) return
    event.preventDefault()
    closing = close()
    closing
      .catch((error: unknown) => log(`closing: ${error instanceof Error ? error.message : String(error)}`))
      .finally(() => app.quit())
  })
}
