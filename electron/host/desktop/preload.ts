import { contextBridge, ipcRenderer } from 'electron'
import { ASK_FOR_PORT, GIVE_PORT } from './channels.ts'

/*
 * Runs in an isolated world of the sandboxed page. The page gets a word that says where it runs, and one
 * MessagePort when it asks; nothing of Electron or Node.
 */

contextBridge.exposeInMainWorld('mailwright', { door: 'window' })

window.addEventListener('message', event => {
  // Only this page itself may ask: a frame inside it posts messages here too.
  if (event.source === window && isReady(event.data)) ipcRenderer.send(ASK_FOR_PORT)
})

ipcRenderer.on(GIVE_PORT, event => {
  window.postMessage({ kind: 'mailwright-port' }, window.origin, [...event.ports])
})

function isReady(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'mailwright-ready'
}
