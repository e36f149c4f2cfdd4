import { readFile, rename, writeFile } from 'node:fs/promises'
import type { Server } from 'node:net'
import { dirname } from 'node:path'
import { makeFolder } from '#service/make-folder.ts'

export const LOOPBACK = '127.0.0.1'

/** The ports of the last time, by the name of the door: an account made then still fits when they are free. */
export class Ports {
  readonly #file: string
  readonly #known: Map<string, number>

  private constructor(file: string, known: Map<string, number>) {
    this.#file = file
    this.#known = known
  }

  static async load(file: string): Promise<Ports> {
    return new Ports(file, await readKnown(file))
  }

  /** 0 where none is remembered: the operating system chooses. */
  wanted(name: string): number {
    return this.#known.get(name) ?? 0
  }

  remember(name: string, port: number): void {
    this.#known.set(name, port)
  }

  async save(): Promise<void> {
    makeFolder(dirname(this.#file))
    const whole = `${this.#file}.new`
    await writeFile(whole, JSON.stringify(Object.fromEntries(this.#known)), { mode: 0o600 })
    await rename(whole, this.#file)
  }
}

/** Listens on the loopback interface, on the wanted port where it is free, else on one that the system chooses. */
export async function listen(server: Server, wantedPort: number): Promise<number> {
  try {
    return await listenOn(server, wantedPort)
  } catch (error) {
    if (wantedPort === 0 || !isTaken(error)) throw error
    return listenOn(server, 0)
  }
}

export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
}

export function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

async function readKnown(file: string): Promise<Map<string, number>> {
  try {
    const stored: unknown = JSON.parse(await readFile(file, 'utf8'))
    const entries = typeof stored === 'object' && stored !== null ? Object.entries(stored) : []
    return new Map(entries.filter((entry): entry is [string, number] => isPort(entry[1])))
  } catch {
    // Missing or broken: only a convenience is lost, the system chooses new ports.
    return new Map()
  }
}

function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 65_536
}
