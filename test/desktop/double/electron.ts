import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { ipcMain, record } from './control.ts'
import { MessageChannelMain } from './message-ports.ts'
import { protocol, session } from './session.ts'

/*
 * A double of the `electron` module, as much of it as the desktop host uses. Pages, worlds, the bridge between them,
 * message ports, navigation and closing are played by a real Chromium. Not covered: the real safeStorage, menus,
 * dialogs, fuses, ASAR archives and updates.
 */

const KEY = createHash('sha256').update('the key ring of the Electron double').digest()

export const safeStorage = {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => process.env['ELECTRON_DOUBLE_STORAGE_BACKEND'] ?? 'gnome_libsecret',
  encryptString(plain: string): Buffer {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', KEY, nonce)
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
  },
  decryptString(sealed: Buffer): string {
    const cipher = createDecipheriv('aes-256-gcm', KEY, sealed.subarray(0, 12))
    cipher.setAuthTag(sealed.subarray(12, 28))
    return Buffer.concat([cipher.update(sealed.subarray(28)), cipher.final()]).toString('utf8')
  },
}

export const shell = {
  openExternal: (url: string) => {
    record('external', url)
    return Promise.resolve()
  },
}

export const dialog = {
  showErrorBox: (title: string, content: string) => {
    record('errorBox', `${title}: ${content}`)
    process.stderr.write(`${title}: ${content}\n`)
  },
  showMessageBox: ({ message, detail = '' }: { readonly message: string; readonly detail?: string }) => {
    record('errorBox', `${message} ${detail}`)
    return Promise.resolve({ response: 0 })
  },
}

export const Menu = {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => record('menu', JSON.stringify(menu)),
}

export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] }

export const nativeTheme = { themeSource: 'system', shouldUseDarkColors: false }

export { app, BrowserWindow, ipcMain, MessageChannelMain, protocol, session }

// electron-store takes the module as one object.
// oxlint-disable-next-line import/no-default-export
export default { app, ipcMain, shell, safeStorage, dialog, Menu, screen, nativeTheme, BrowserWindow, protocol, session }
