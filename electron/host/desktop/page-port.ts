import { RPCHandler } from '@orpc/server/message-port'
import { type IpcMainEvent, ipcMain, MessageChannelMain, type MessagePortMain, type WebContents } from 'electron'
import type { Router } from '#service/api.ts'
import { ASK_FOR_PORT, GIVE_PORT } from './channels.ts'
import { isOwnPage } from './own-page.ts'

/** Hands the page of this window one port to the engine when it asks. @returns what stops it and closes the port */
export function serveEngine(router: Router, page: WebContents): () => void {
  const handler = new RPCHandler(router)
  let current: MessagePortMain | null = null
  const give = (event: IpcMainEvent) => {
    if (!isOurMainFrame(event, page)) return
    // A page that was loaded again asks again; what it had before is not to be used by anybody.
    current?.close()
    const { port1, port2 } = new MessageChannelMain()
    current = port1
    handler.upgrade(port1)
    port1.start()
    page.postMessage(GIVE_PORT, null, [port2])
  }
  ipcMain.on(ASK_FOR_PORT, give)
  return () => {
    ipcMain.off(ASK_FOR_PORT, give)
    current?.close()
  }
}

/** A frame inside the page, another window and a page that is not ours get nothing, whatever they send. */
function isOurMainFrame(event: IpcMainEvent, page: WebContents): boolean {
  const frame = event.senderFrame
  return event.sender.id === page.id && frame !== null && frame.parent === null && isOwnPage(frame.url)
}
