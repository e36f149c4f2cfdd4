import { EventEmitter } from 'node:events'
import { chmod } from 'node:fs/promises'
import type { Download } from 'playwright-core'
import { PreventableEvent } from './app.ts'
import { onCommand, record } from './control.ts'
import { fromPlayed, session } from './session.ts'

/** Where the person says that the next file goes; null: they close the dialog. */
let chosen: string | null = null
onCommand('choose-save-path', path => void (chosen = typeof path === 'string' ? path : null))

/** A download of the real page behind Electron's DownloadItem; its dialog is played. */
class DownloadItem extends EventEmitter {
  readonly #download: Download
  #options: unknown = null
  #path = ''

  constructor(download: Download) {
    super()
    this.#download = download
  }

  getURL(): string {
    return fromPlayed(this.#download.url())
  }

  getFilename(): string {
    return this.#download.suggestedFilename()
  }

  getSavePath(): string {
    return this.#path
  }

  setSaveDialogOptions(options: unknown): void {
    this.#options = options
  }

  async save(): Promise<void> {
    record('saveDialog', JSON.stringify(this.#options))
    if (chosen === null) {
      await this.#download.cancel()
      this.emit('done', {}, 'cancelled')
      return
    }
    this.#path = chosen
    try {
      await this.#download.saveAs(chosen)
      // As a download lies there: the copy would have the mode of its temporary original.
      await chmod(chosen, 0o644)
      this.emit('done', {}, 'completed')
    } catch {
      this.emit('done', {}, 'interrupted')
    }
  }
}

export async function playDownload(download: Download): Promise<void> {
  const item = new DownloadItem(download)
  const event = new PreventableEvent()
  session.defaultSession.emit('will-download', event, item)
  record('download', `${event.defaultPrevented ? 'prevented' : 'allowed'} ${item.getURL()}`)
  await (event.defaultPrevented ? download.cancel() : item.save())
}
