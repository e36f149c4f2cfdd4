import { spawn } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '#service/make-folder.ts'

export type Opened = { forget(): Promise<void> }

/**
 * Opens the link in the person's browser; null where there is no screen. The link goes through a file that only
 * its owner can read: as an argument, its token would stand in the process list for every user of the machine.
 */
export async function openInBrowser(
  link: string,
  home: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Opened | null> {
  const opener = process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open'
  if (opener === 'xdg-open' && env['DISPLAY'] === undefined && env['WAYLAND_DISPLAY'] === undefined) return null
  const file = join(home, 'open-mailwright.html')
  makeFolder(home)
  await rm(file, { force: true })
  const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${link}"><title>Mailwright</title>`
  await writeFile(file, page, { mode: 0o600, flag: 'wx' })
  const child = spawn(opener, [file], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
  return { forget: () => rm(file, { force: true }) }
}
