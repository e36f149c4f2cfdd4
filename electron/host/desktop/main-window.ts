import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron'
import { join } from 'node:path'
import type { SettingsService } from '#service/settings.ts'
import { START_PAGE } from './own-page.ts'
import { boundsFor, SMALLEST } from './window-bounds.ts'

/** Opens the window where it was closed last time. */
export function openMainWindow(settings: SettingsService, log: (line: string) => void): BrowserWindow {
  const { window: saved, theme } = settings.get()
  nativeTheme.themeSource = theme
  const bounds = boundsFor(
    saved,
    screen.getAllDisplays().map(display => display.workArea),
  )
  const window = new BrowserWindow({
    ...bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'Mailwright',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
    // Shown when there is something to see.
    show: false,
    webPreferences: {
      preload: join(app.getAppPath(), 'out', 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      // The checker would fetch its dictionaries from the network.
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  window.once('ready-to-show', () => {
    if (saved?.maximized) window.maximize()
    window.show()
  })
  // The page asks, through beforeunload, when typed settings are not saved; Electron shows no question of its own.
  window.webContents.on('will-prevent-unload', event => {
    const choice = dialog.showMessageBoxSync(window, {
      type: 'question',
      message: 'What you typed is not saved yet.',
      buttons: ['Close without saving', 'Stay'],
      defaultId: 1,
      cancelId: 1,
    })
    if (choice === 0) event.preventDefault()
  })
  window.on('close', () => {
    try {
      settings.update({ window: { ...window.getNormalBounds(), maximized: window.isMaximized() } })
    } catch (error) {
      // A full disk must not keep the window from closing.
      log(`the window's place was not remembered: ${error instanceof Error ? error.message : String(error)}`)
    }
  })
  void window.loadURL(START_PAGE)
  return window
}
