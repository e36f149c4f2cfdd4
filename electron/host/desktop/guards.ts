import { app, type Session, shell, type WebContents } from 'electron'
import { isOwnPage, isWebLink } from './own-page.ts'

/** For everything that can ever show a page: it stays on our pages, opens nothing and asks for nothing. */
export function guardAllContents(): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
}

/** The page may put text on the clipboard (copy buttons); every other permission is refused. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) =>
    callback(permission === 'clipboard-sanitized-write' && isOwnPage(details.requestingUrl)),
  )
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === 'clipboard-sanitized-write' && isOwnPage(origin),
  )
  session.setDevicePermissionHandler(() => false)
}

function guardContents(contents: WebContents): void {
  contents.on('will-navigate', event => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', event => {
    // A frame without an address of its own shows the HTML part of a message, without scripts.
    const inside = !event.isMainFrame && (event.url === 'about:srcdoc' || event.url === 'about:blank')
    if (!inside && !isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', event => event.preventDefault())
  contents.on('will-attach-webview', event => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (isWebLink(url)) void shell.openExternal(url)
    return { action: 'deny' }
  })
}
