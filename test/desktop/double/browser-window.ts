import { EventEmitter } from 'node:events'
import { chromium, type Browser, type Page } from 'playwright-core'
import { app, PreventableEvent } from './app.ts'
import { CHROMIUM_FLAGS, findChromium } from './chromium.ts'
import { ipcMain, onCommand, tell } from './control.ts'
import { playDownload } from './download-item.ts'
import { session, toPlayed } from './session.ts'
import { WebContents } from './web-contents.ts'

type Options = {
  readonly width: number
  readonly height: number
  readonly x?: number
  readonly y?: number
  readonly webPreferences: { readonly preload?: string }
}
type Bounds = { x: number; y: number; width: number; height: number }

const windows = new Set<BrowserWindow>()
let browser: Promise<Browser> | null = null

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents()
  readonly options: Options
  #page: Page | null = null
  #bounds: Bounds
  #maximized = false
  #destroyed = false
  shown = false
  focused = false

  constructor(options: Options) {
    super()
    this.options = options
    this.#bounds = { x: options.x ?? 40, y: options.y ?? 40, width: options.width, height: options.height }
    windows.add(this)
    app.emit('web-contents-created', {}, this.webContents)
    app.emit('browser-window-created', {}, this)
  }

  async loadURL(address: string): Promise<void> {
    const opened = await (browser ??= launch())
    const context = await opened.newContext({ viewport: { width: this.#bounds.width, height: this.#bounds.height } })
    const page = await context.newPage()
    this.#page = page
    // A window that the page opened against its handler's word is not to stay.
    context.on('page', popup => void popup.close())
    page.on('download', download => void playDownload(download))
    page.on('close', () => this.#closed())
    await this.webContents.adopt(page, this.options.webPreferences.preload)
    await applyPermissions(opened, page, address)
    await this.webContents.load(page, address)
    this.emit('ready-to-show')
    tell('loaded')
    if (process.env['ELECTRON_DOUBLE_CLOSE_WHEN_LOADED'] !== undefined) this.close()
  }

  show(): void {
    this.shown = true
  }

  focus(): void {
    this.focused = true
  }

  restore(): void {}

  maximize(): void {
    this.#maximized = true
  }

  isMaximized(): boolean {
    return this.#maximized
  }

  isMinimized(): boolean {
    return false
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  getNormalBounds(): Bounds {
    return this.#bounds
  }

  setBounds(bounds: Bounds): void {
    this.#bounds = bounds
  }

  close(): void {
    const event = new PreventableEvent()
    this.emit('close', event)
    if (event.defaultPrevented) return
    if (this.#page) void this.#page.close()
    else this.#closed()
  }

  get page(): Page {
    if (!this.#page) throw new Error('nothing is loaded')
    return this.#page
  }

  #closed(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    windows.delete(this)
    this.emit('closed')
    if (windows.size === 0) app.emit('window-all-closed')
  }
}

async function launch(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('the Electron double needs a Chromium on PATH')
  const launched = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS })
  app.on('quit', () => void launched.close())
  return launched
}

/** Permissions by the names of the web and of Electron. */
const PERMISSIONS = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['camera', 'media'],
  ['microphone', 'media'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-write', 'clipboard-sanitized-write'],
] as const

/** Chromium grants what the program's own handlers grant. */
async function applyPermissions(opened: Browser, page: Page, address: string): Promise<void> {
  const pageSession = await page.context().newCDPSession(page)
  const { targetInfo } = await pageSession.send('Target.getTargetInfo')
  const browserSession = await opened.newBrowserCDPSession()
  for (const [web, electron] of PERMISSIONS) {
    const checked = session.defaultSession.permissionCheck(null, electron, address)
    const requested = await new Promise<boolean>(resolve =>
      session.defaultSession.permissionRequest(null, electron, resolve, { requestingUrl: address }),
    )
    await browserSession.send('Browser.setPermission', {
      permission: { name: web },
      setting: checked && requested ? 'granted' : 'denied',
      origin: new URL(toPlayed(address)).origin,
      ...(targetInfo.browserContextId === undefined ? {} : { browserContextId: targetInfo.browserContextId }),
    })
  }
}

app.closeWindows = async () => {
  const open = [...windows]
  const closed = open.map(window => new Promise(resolve => window.once('closed', resolve)))
  for (const window of open) window.close()
  await Promise.all(closed)
}

function only(): BrowserWindow {
  const [window] = windows
  if (!window) throw new Error('no window is open')
  return window
}

onCommand('window', () => {
  const { options, shown, focused, webContents } = only()
  return { options, shown, focused, url: webContents.getURL() }
})
onCommand('evaluate', expression => only().page.evaluate(String(expression)))
onCommand('reload', async () => void (await only().page.reload()))
onCommand('move', bounds => only().setBounds(bounds as Bounds))
onCommand('close', () => only().close())
onCommand('second-instance', () => void app.emit('second-instance', {}, [], ''))
/** A message on one of the program's channels, as from a frame with this address; `top` says whether it is a main frame. */
onCommand('send-as', argument => {
  const { channel, url, top, contentsId } = argument as {
    channel: string
    url: string
    top: boolean
    contentsId?: number
  }
  const sender = contentsId === undefined ? only().webContents : { id: contentsId }
  const parent = top ? null : { url: only().webContents.getURL(), parent: null }
  ipcMain.emit(channel, { sender, senderFrame: { url, parent }, ports: [] })
})
