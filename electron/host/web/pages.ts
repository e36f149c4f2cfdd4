import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { Problem } from '#shared/problem.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

/** The folder of the built pages: beside the bundle, or in a checkout. */
export function pagesFolder(): string {
  const here = import.meta.dirname
  const places = [join(here, '../renderer'), join(here, '../../../out/renderer')]
  const found = places.find(place => existsSync(join(place, 'index.html')))
  if (found === undefined) throw new Problem('unavailable', 'the pages are not built', { remedy: 'run: npm run build' })
  return found
}

export type PageFile = { readonly body: Buffer; readonly type: string; readonly immutable: boolean }

/** A file of the built pages; null for anything that is not one of them. */
export async function readPage(folder: string, path: string): Promise<PageFile | null> {
  const relative = normalize(path === '/' ? 'index.html' : path.replace(/^\/+/, ''))
  const type = TYPES[extname(relative)]
  // `..` must not lead out of the folder, and only the kinds of files that a build makes are served.
  if (type === undefined || relative.startsWith('..') || relative.includes(`..${sep}`) || relative.includes('\0'))
    return null
  try {
    return { body: await readFile(join(folder, relative)), type, immutable: relative.startsWith(`assets${sep}`) }
  } catch {
    return null
  }
}
