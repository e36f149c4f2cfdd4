import { createHash } from 'node:crypto'
import { realpath, stat } from 'node:fs/promises'
import {
  CONFIG_FILE_MAX_BYTES,
  type ConfigFile,
  type ConfigFileSave,
  type ConfigFileSaved,
  type ConfigFileTarget,
  type ConfigFileTargets,
} from '#shared/contract/config-files.ts'
import { Problem } from '#shared/problem.ts'
import { factsOf, type ReadConfigFile, readConfigFile } from '#service/config-file.ts'
import { lookupEnvironment } from '#service/msmtp-environment.ts'
import { expandPath, type Machine, targetPaths } from '#service/msmtprc.ts'
import { writePrivateFile } from '#service/private-file.ts'

/** Opens and saves configuration files that a person edits. */
export class ConfigFiles {
  readonly #machine: Machine
  readonly #now: () => Date
  /** One save at a time: two pages that opened the same file must not both find it as they read it. */
  #saving: Promise<unknown> = Promise.resolve()

  constructor(machine: Machine, now: () => Date) {
    this.#machine = machine
    this.#now = now
  }

  /** Where msmtp looks for the person's own file; runs no command and asks no network. */
  async targets(): Promise<ConfigFileTargets> {
    const { env, userHome } = this.#machine
    return {
      files: await Promise.all(targetPaths(this.#machine).map(describeTarget)),
      surroundings: await lookupEnvironment({ ...env, HOME: userHome }),
    }
  }

  /** @throws Problem that names the path: `file-missing`, `io`, or `bad-input` for what is no file of ours to edit */
  async read(path: string): Promise<ConfigFile> {
    const full = expandPath(path, this.#machine.userHome)
    const { bytes, facts } = await readNamed(full)
    // What is saved later goes to the file itself, not in the place of a link to it.
    const real = await realpath(full).catch(() => full)
    return { path: real, bytes: Buffer.from(bytes).toString('base64'), stamp: stampOf(bytes), facts }
  }

  /**
   * Replaces the file, mode 0600, with a backup of what was there.
   *
   * @throws Problem `conflict` when the file is not what was opened; `io` with path and remedy
   */
  save(input: ConfigFileSave): Promise<ConfigFileSaved> {
    const saved = this.#saving.then(() => this.#save(input))
    this.#saving = saved.catch(() => undefined)
    return saved
  }

  async #save({ path, bytes, expected }: ConfigFileSave): Promise<ConfigFileSaved> {
    const full = expandPath(path, this.#machine.userHome)
    const content = Buffer.from(bytes, 'base64')
    // The decoder skips what is not base64, and the file would not be what was meant.
    if (content.toString('base64') !== bytes) throw new Problem('bad-input', 'this is not base64', { field: 'bytes' })
    if (content.length > CONFIG_FILE_MAX_BYTES) {
      throw new Problem('bad-input', `the file is longer than ${CONFIG_FILE_MAX_BYTES} bytes`, { field: 'bytes' })
    }
    const there = await readIfThere(full)
    const found = there === null ? null : stampOf(there.bytes)
    if (found !== expected) throw conflict(full, found, expected)
    const written = await writePrivateFile(full, content, this.#now())
    return { ...written, stamp: stampOf(content), facts: factsOf(await stat(written.path)) }
  }
}

async function describeTarget(path: string): Promise<ConfigFileTarget> {
  const stats = await stat(path).catch(() => null)
  if (stats === null) return { path, exists: false, mode: null, ownedByUser: null }
  const facts = factsOf(stats)
  if (facts === null) return { path, exists: true, mode: null, ownedByUser: null }
  return { path, exists: true, mode: facts.mode.toString(8).padStart(4, '0'), ownedByUser: facts.ownedByUser }
}

/** A page shows the words of a problem alone, so they have to say which file. */
async function readNamed(path: string): Promise<ReadConfigFile> {
  try {
    return await readConfigFile(path)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const remedy = error.remedy ?? (error.code === 'io' ? `Look who owns it: ls -l ${path}` : 'Choose another file.')
    throw new Problem(error.code, `${path}: ${error.message}`, { field: 'path', remedy })
  }
}

async function readIfThere(path: string): Promise<ReadConfigFile | null> {
  try {
    return await readNamed(path)
  } catch (error) {
    if (error instanceof Problem && error.code === 'file-missing') return null
    throw error
  }
}

function stampOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url')
}

function conflict(path: string, found: string | null, expected: string | null): Problem {
  const place = { field: 'path' }
  if (expected === null) {
    const remedy = 'Open that file first, or save under another name.'
    return new Problem('conflict', `there is a file at ${path} already`, { ...place, remedy })
  }
  if (found === null) {
    return new Problem('conflict', `${path} is no longer there`, { ...place, remedy: 'Save it as a new file.' })
  }
  return new Problem('conflict', `another program changed ${path} after it was opened here`, {
    ...place,
    remedy: 'Look at what is there now, or save over it: what is there is kept as a backup.',
  })
}
