import { EventEmitter } from 'node:events'

type Answer = (granted: boolean) => void

/** Keeps the handlers that the program sets, so that the window can ask them. */
class Session extends EventEmitter {
  permissionCheck: (contents: unknown, permission: string, origin: string) => boolean = () => true
  permissionRequest: (
    contents: unknown,
    permission: string,
    answer: Answer,
    details: { requestingUrl: string },
  ) => void = (_contents, _permission, answer) => answer(true)

  setPermissionCheckHandler(handler: Session['permissionCheck']): void {
    this.permissionCheck = handler
  }

  setPermissionRequestHandler(handler: Session['permissionRequest']): void {
    this.permissionRequest = handler
  }

  setDevicePermissionHandler(): void {}
}

export const session = { defaultSession: new Session() }

type Handler = (request: Request) => Promise<Response> | Response

/** The schemes that the program serves itself. */
export const schemes = new Map<string, Handler | null>()

export const protocol = {
  registerSchemesAsPrivileged(list: readonly { readonly scheme: string }[]): void {
    for (const { scheme } of list) schemes.set(scheme, null)
  },
  handle(scheme: string, handler: Handler): void {
    schemes.set(scheme, handler)
  },
}

/*
 * Chromium does not know the program's own scheme. Its addresses are played under a name that, like a standard secure
 * scheme, is an origin of its own and a secure context: `mailwright://app/x` is `http://app.mailwright.localhost/x`.
 */

export function toPlayed(address: string): string {
  const url = new URL(address)
  const scheme = url.protocol.slice(0, -1)
  return schemes.has(scheme) ? `http://${url.host}.${scheme}.localhost${url.pathname}${url.search}${url.hash}` : address
}

export function fromPlayed(address: string): string {
  if (address.startsWith('blob:')) return `blob:${fromPlayed(address.slice('blob:'.length))}`
  const match = /^http:\/\/([^/.]+)\.([^/.]+)\.localhost(\/.*)$/.exec(address)
  return match && schemes.has(match[2] ?? '') ? `${match[2]}://${match[1]}${match[3]}` : address
}
