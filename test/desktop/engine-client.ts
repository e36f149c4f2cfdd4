import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '#shared/contract.ts'
import type { Desktop } from './driver.ts'

/**
 * A client of the contract inside the page: it asks for a port as the pages do, and speaks over it from the page's own
 * world. The port that the pages had before is closed by that.
 */
export async function connectInPage(desktop: Desktop): Promise<ContractRouterClient<Contract>> {
  await desktop.evaluate(`new Promise(resolve => {
    const test = (window.testPort = { port: null, heard: [], wake: () => undefined })
    window.addEventListener('message', function receive(event) {
      if (event.data?.kind !== 'mailwright-port') return
      window.removeEventListener('message', receive)
      test.port = event.ports[0]
      test.port.onmessage = message => { test.heard.push(message.data); test.wake() }
      resolve()
    })
    window.postMessage({ kind: 'mailwright-ready' }, window.origin)
  })`)
  const port = new PortInPage(desktop)
  void port.listen()
  return createORPCClient(new RPCLink({ port }))
}

class PortInPage extends EventTarget {
  readonly #desktop: Desktop

  constructor(desktop: Desktop) {
    super()
    this.#desktop = desktop
  }

  postMessage(data: unknown): void {
    this.#desktop.evaluate(`testPort.port.postMessage(${JSON.stringify(data)})`).catch(() => undefined)
  }

  /** Until the page is gone. */
  async listen(): Promise<void> {
    try {
      for (;;) {
        const heard = await this.#desktop.evaluate<readonly string[]>(`(async () => {
          if (testPort.heard.length === 0) await new Promise(resolve => { testPort.wake = resolve })
          return testPort.heard.splice(0)
        })()`)
        for (const data of heard) this.dispatchEvent(new MessageEvent('message', { data }))
      }
    } catch {
      this.dispatchEvent(new Event('close'))
    }
  }
}
