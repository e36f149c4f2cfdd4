import { app } from 'electron'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Looks for a newer version, in an installed program whose build says where versions are published. */
export async function lookForUpdates(log: (line: string) => void): Promise<void> {
  if (!app.isPackaged || !existsSync(join(process.resourcesPath, 'app-update.yml'))) return
  try {
    const { default: updater } = await import('electron-updater')
    await updater.autoUpdater.checkForUpdatesAndNotify()
  } catch (error) {
    // Without a network there is no update, and nothing for the person to do about it.
    log(`no update: ${error instanceof Error ? error.message : String(error)}`)
  }
}
