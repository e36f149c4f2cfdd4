import { createServices } from '#host/compose.ts'
import { pagesFolder } from './pages.ts'
import { openInBrowser } from './open.ts'
import { createWebServer } from './server.ts'

/** Runs the web door until it is stopped. `ready` gets the one-time link. */
export async function runWebDoor(options: {
  readonly port: number
  readonly open: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stopped: AbortSignal
  ready(link: string): void
  note(line: string): void
}): Promise<void> {
  const folder = pagesFolder()
  const services = await createServices({ door: 'web', env: options.env, log: line => options.note(line) })
  try {
    const server = await createWebServer({ router: services.router, folder, port: options.port })
    options.ready(server.link)
    const opened = options.open ? await openInBrowser(server.link, services.home, options.env) : null
    if (options.open && opened === null)
      options.note('Open the link above in a browser on this machine; from another machine use ssh -L.')
    if (!options.stopped.aborted)
      await new Promise<void>(resolve => options.stopped.addEventListener('abort', () => resolve(), { once: true }))
    await opened?.forget()
    await server.close()
  } finally {
    await services.close()
  }
}
