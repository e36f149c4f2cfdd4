import { app, dialog, type Session } from 'electron'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { isOwnFile } from './own-page.ts'

/**
 * A file that our own page offers (a report, a transcript, an msmtprc) is saved where the person says, in the system's
 * dialog, readable by them alone. Nothing else is ever downloaded.
 */
export function guardDownloads(session: Session, log: (line: string) => void): void {
  session.on('will-download', (event, item) => {
    if (!isOwnFile(item.getURL())) return event.preventDefault()
    // Without a path that the program sets, Electron asks for one.
    item.setSaveDialogOptions({
      defaultPath: join(app.getPath('downloads'), item.getFilename()),
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    })
    item.once('done', (_event, state) => void finish(state, item.getSavePath(), log))
  })
}

async function finish(state: string, path: string, log: (line: string) => void): Promise<void> {
  try {
    if (state === 'completed') await chmod(path, 0o600)
    if (state === 'interrupted')
      await dialog.showMessageBox({
        type: 'error',
        message: 'The file was not saved.',
        detail: `${path} could not be written. Choose another place, or look whether the disk is full.`,
      })
  } catch (error) {
    log(`a saved file: ${error instanceof Error ? error.message : String(error)}`)
  }
}
