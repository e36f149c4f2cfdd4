import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { CDPSession, Page } from 'playwright-core'
import { PreventableEvent } from './app.ts'
import { ipcMain, record } from './control.ts'
import type { MessagePortMain } from './message-ports.ts'
import { BINDING, MAIN_WORLD_SCRIPT, PRELOAD_WORLD, preloadScript } from './page-scripts.ts'
import { fromPlayed, schemes, session, toPlayed } from './session.ts'

type OpenHandler = (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' }
type Frame = { readonly url: string; readonly parent: Frame | null }
type FromPage =
  | { readonly kind: 'ipc'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: 'port-message'; readonly id: number; readonly data: string }
  | { readonly kind: 'port-close'; readonly id: number }

let lastId = 0

/** A page of a real Chromium behind Electron's WebContents. */
export class WebContents extends EventEmitter {
  readonly id = ++lastId
  readonly session = session.defaultSession
  #openHandler: OpenHandler = () => ({ action: 'allow' })
  #cdp: CDPSession | null = null
  #preloadContext: number | null = null
  /** The document request that the program itself asked for: that is no navigation of the page's. */
  #ownLoad = false
  #mainFrameId = ''
  #url = ''
  readonly #ports = new Map<number, MessagePortMain>()

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  get mainFrame(): Frame {
    return { url: this.#url, parent: null }
  }

  getURL(): string {
    return this.#url
  }

  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    const ports = transfer.map(port => {
      const id = this.#ports.size + 1
      this.#ports.set(id, port)
      port.on('message', ({ data }: { readonly data: unknown }) => {
        record('toPage', String(data))
        this.#deliver({ kind: 'port-message', id, data })
      })
      port.on('close', () => this.#deliver({ kind: 'port-close', id }))
      port.start()
      return id
    })
    record('posted', channel)
    this.#deliver({ kind: 'ipc', channel, message, ports })
  }

  /** Takes over a page of the browser, with the preload in its isolated world. */
  async adopt(page: Page, preload: string | undefined): Promise<void> {
    const cdp = await page.context().newCDPSession(page)
    this.#cdp = cdp
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === PRELOAD_WORLD && context.auxData?.['frameId'] === this.#mainFrameId)
        this.#preloadContext = context.id
    })
    cdp.on('Runtime.bindingCalled', ({ payload, executionContextId }) => {
      // The binding exists in the isolated world alone, so this is the preload speaking.
      if (executionContextId === this.#preloadContext) this.#hear(JSON.parse(payload) as FromPage)
    })
    cdp.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.#url = fromPlayed(frame.url)
    })
    cdp.on('Page.windowOpen', ({ url }) => {
      const { action } = this.#openHandler({ url: fromPlayed(url) })
      record('windowOpen', `${action} ${url}`)
    })
    cdp.on('Fetch.requestPaused', event => void this.#answer(cdp, event))
    const { frameTree } = await cdp.send('Page.getFrameTree')
    this.#mainFrameId = frameTree.frame.id
    await cdp.send('Runtime.enable')
    await cdp.send('Page.enable')
    await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
    await cdp.send('Runtime.addBinding', { name: BINDING, executionContextName: PRELOAD_WORLD })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: MAIN_WORLD_SCRIPT })
    if (preload !== undefined)
      await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
        source: preloadScript(readFileSync(preload, 'utf8')),
        worldName: PRELOAD_WORLD,
      })
  }

  async load(page: Page, address: string): Promise<void> {
    this.#ownLoad = true
    await page.goto(toPlayed(address))
  }

  #deliver(message: unknown): void {
    if (this.#cdp === null || this.#preloadContext === null) return
    this.#cdp
      .send('Runtime.evaluate', {
        expression: `${BINDING}Deliver(${JSON.stringify(message)})`,
        contextId: this.#preloadContext,
      })
      // The page may be gone by now.
      .catch(() => undefined)
  }

  #hear(message: FromPage): void {
    switch (message.kind) {
      case 'ipc':
        ipcMain.emit(message.channel, { sender: this, senderFrame: this.mainFrame, ports: [] }, ...message.args)
        return
      case 'port-message':
        record('fromPage', message.data)
        this.#ports.get(message.id)?.postMessage(message.data)
        return
      case 'port-close':
        this.#ports.get(message.id)?.close()
    }
  }

  async #answer(cdp: CDPSession, event: Paused): Promise<void> {
    const url = fromPlayed(event.request.url)
    const { requestId } = event
    const refuse = (errorReason: 'Aborted' | 'BlockedByClient') =>
      cdp.send('Fetch.failRequest', { requestId, errorReason }).catch(() => undefined)
    if (event.resourceType === 'Document' && !this.#mayNavigate(url, event.frameId)) return void refuse('Aborted')
    const handler = schemes.get(URL.parse(url)?.protocol.slice(0, -1) ?? '')
    if (!handler) {
      record('network', url)
      return void refuse('BlockedByClient')
    }
    const response = await handler(new Request(url, { method: event.request.method }))
    const body = Buffer.from(await response.arrayBuffer())
    await cdp
      .send('Fetch.fulfillRequest', {
        requestId,
        responseCode: response.status,
        responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
        body: body.toString('base64'),
      })
      .catch(() => undefined)
  }

  #mayNavigate(url: string, frameId: string): boolean {
    const isMainFrame = frameId === this.#mainFrameId
    if (isMainFrame && this.#ownLoad) {
      this.#ownLoad = false
      return true
    }
    const event = Object.assign(new PreventableEvent(), { url, isMainFrame })
    this.emit('will-frame-navigate', event)
    if (isMainFrame) this.emit('will-navigate', event, url)
    record('navigation', `${event.defaultPrevented ? 'prevented' : 'allowed'} ${url}`)
    return !event.defaultPrevented
  }
}

type Paused = {
  readonly requestId: string
  readonly request: { readonly url: string; readonly method: string }
  readonly frameId: string
  readonly resourceType: string
}
