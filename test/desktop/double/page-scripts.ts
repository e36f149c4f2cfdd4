/** The world in which the preload runs; Electron's has the same name. */
export const PRELOAD_WORLD = 'Electron Isolated Context'
export const BINDING = '__electronDouble'
const EXPOSE = 'electron-double-expose'

/** In the page's own world: what contextBridge exposes appears here, frozen, before the page's scripts run. */
export const MAIN_WORLD_SCRIPT = `(() => {
  if (window !== window.top) return
  const freeze = value => {
    if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze)
    return value
  }
  window.addEventListener(${JSON.stringify(EXPOSE)}, event => {
    const { key, api } = JSON.parse(event.detail)
    Object.defineProperty(window, key, { value: freeze(api), enumerable: true })
  })
})()`

/** In the isolated world: the parts of Electron that a sandboxed preload has, and the preload as it was built. */
export function preloadScript(preload: string): string {
  return `(() => {
  // nodeIntegrationInSubFrames is off: frames have no preload.
  if (window !== window.top) return
  const listeners = new Map()
  const ports = new Map()
  const toMain = message => globalThis.${BINDING}(JSON.stringify(message))
  const text = data => {
    if (typeof data !== 'string') throw new Error('the Electron double carries text over its ports, nothing else')
    return data
  }
  const receivePort = id => {
    const { port1, port2 } = new MessageChannel()
    ports.set(id, port1)
    port1.onmessage = event => toMain({ kind: 'port-message', id, data: text(event.data) })
    port1.addEventListener('close', () => toMain({ kind: 'port-close', id }))
    return port2
  }
  globalThis.${BINDING}Deliver = message => {
    switch (message.kind) {
      case 'ipc': {
        const event = { sender: ipcRenderer, ports: message.ports.map(receivePort) }
        for (const listener of listeners.get(message.channel) ?? []) listener(event, message.message)
        return
      }
      case 'port-message':
        ports.get(message.id)?.postMessage(message.data)
        return
      case 'port-close':
        ports.get(message.id)?.close()
        ports.delete(message.id)
    }
  }
  const ipcRenderer = {
    send: (channel, ...args) => toMain({ kind: 'ipc', channel, args }),
    on: (channel, listener) => void listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
  }
  const contextBridge = {
    exposeInMainWorld(key, api) {
      const json = JSON.stringify(api, (_, value) => {
        if (typeof value === 'function') throw new Error('the Electron double exposes data, no functions')
        return value
      })
      window.dispatchEvent(new CustomEvent(${JSON.stringify(EXPOSE)}, { detail: JSON.stringify({ key, api: JSON.parse(json) }) }))
    },
  }
  const require = name => {
    if (name === 'electron') return { contextBridge, ipcRenderer }
    throw new Error('a sandboxed preload cannot require ' + name)
  }
  const module = { exports: {} }
  ;(function (require, module, exports) {
${preload}
  })(require, module, module.exports)
})()`
}
