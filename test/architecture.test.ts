import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, test } from 'vitest'

/*
 * Who may import whom. A layer is a runtime environment: what the page may load, what may touch the network,
 * what may touch the disk. The failure names the file, the import and what its layer may import.
 */

const root = join(import.meta.dirname, '..')

type Layer = {
  readonly folder: string
  readonly own: readonly string[]
  readonly packages: readonly (string | RegExp)[]
}

const PROTOCOL_PACKAGES = [/^nodemailer(\/|$)/, /^dns2(\/|$)/, 'socks', /^smtp-server(\/|$)/]
// Revocation lists and making certificates: Node only reads certificates.
const CERTIFICATE_PACKAGES = ['@peculiar/x509', 'reflect-metadata']
const ENGINE_NODE = [
  'node:net',
  'node:tls',
  'node:dns',
  'node:dns/promises',
  'node:dgram',
  'node:crypto',
  'node:os',
  'node:https',
  'node:http',
  'node:http2',
  'node:url',
  'node:stream',
]

const LAYERS: readonly Layer[] = [
  { folder: 'shared', own: ['shared'], packages: ['zod', '@orpc/contract'] },
  {
    folder: 'electron/engine',
    own: ['shared', 'electron/engine'],
    packages: [...ENGINE_NODE, 'marked', ...PROTOCOL_PACKAGES, ...CERTIFICATE_PACKAGES],
  },
  {
    folder: 'electron/service',
    own: ['shared', 'electron/engine', 'electron/service'],
    packages: [
      /^node:/,
      ...PROTOCOL_PACKAGES,
      '@orpc/server',
      '@napi-rs/keyring',
      'conf',
      ...CERTIFICATE_PACKAGES,
      'postal-mime',
      'zod',
    ],
  },
  {
    folder: 'electron/host/desktop',
    own: ['shared', 'electron'],
    packages: [/^node:/, 'electron', 'electron-store', 'electron-updater', /^@orpc\/server/],
  },
  {
    folder: 'electron/host/web',
    own: ['shared', 'electron/engine', 'electron/service', 'electron/host'],
    packages: [/^node:/, 'ws', /^@orpc\/server/],
  },
  {
    folder: 'electron/host/cli',
    own: ['shared', 'electron/engine', 'electron/service', 'electron/host', 'package.json'],
    packages: [/^node:/, 'zod', /^@orpc\/server/],
  },
  {
    folder: 'renderer',
    own: ['shared', 'renderer'],
    packages: [
      /^react(-dom)?(\/|$)/,
      /^@mantine\//,
      /^@tanstack\//,
      /^@tabler\/icons-react/,
      /^@orpc\/(client|tanstack-query|contract)/,
      /^@codemirror\//,
      /^@lezer\//,
    ],
  },
]

const IMPORT =
  /(?:^|[\n;])\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|[\n;])\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g
const ALIASES: Readonly<Record<string, string>> = {
  '#shared/': 'shared/',
  '#engine/': 'electron/engine/',
  '#service/': 'electron/service/',
  '#host/': 'electron/host/',
}

function sources(folder: string): string[] {
  const path = join(root, folder)
  if (!statSync(path, { throwIfNoEntry: false })) return []
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name))
    .map(name => join(folder, name).split(sep).join('/'))
}

function importsOf(file: string): string[] {
  return [...readFileSync(join(root, file), 'utf8').matchAll(IMPORT)].map(
    match => match[1] ?? match[2] ?? match[3] ?? '',
  )
}

/** The path inside the repository that an import leads to; null for a package. */
function target(file: string, specifier: string): string | null {
  const alias = Object.keys(ALIASES).find(prefix => specifier.startsWith(prefix))
  if (alias !== undefined) return `${ALIASES[alias] ?? ''}${specifier.slice(alias.length)}`
  if (!specifier.startsWith('.')) return null
  return relative(root, resolve(join(root, dirname(file)), specifier))
    .split(sep)
    .join('/')
}

function offences(layer: Layer): string[] {
  return sources(layer.folder).flatMap(file =>
    importsOf(file).flatMap(specifier => {
      const path = target(file, specifier)
      const fine =
        path === null
          ? layer.packages.some(allowed =>
              typeof allowed === 'string' ? allowed === specifier : allowed.test(specifier),
            )
          : layer.own.some(own => path === own || path.startsWith(`${own}/`))
      return fine
        ? []
        : [
            `${file} imports ${specifier}; ${layer.folder} may import ${layer.own.join(', ')} and ${layer.packages.map(String).join(', ')}`,
          ]
    }),
  )
}

describe('who may import whom', () => {
  test.each(LAYERS.map(layer => [layer.folder, layer] as const))('%s keeps to its layers', (_, layer) => {
    expect(offences(layer)).toEqual([])
  })

  test('only the sign-in room and the architecture of secrets open a sealed secret', () => {
    const offenders = sources('electron').filter(
      file => !file.startsWith('electron/engine/sasl/') && /\breveal\b/.test(importNames(file)),
    )
    expect(offenders).toEqual([])
  })

  test('only the desktop door imports electron', () => {
    const offenders = [...sources('electron'), ...sources('shared'), ...sources('renderer')].filter(
      file =>
        !file.startsWith('electron/host/desktop/') &&
        importsOf(file).some(name => /^electron(-store|-updater)?$/.test(name)),
    )
    expect(offenders).toEqual([])
  })

  test('there is no room for strangers', () => {
    const rooms = new Set(
      [...sources('electron'), ...sources('shared'), ...sources('renderer')].flatMap(file => dirname(file).split('/')),
    )
    for (const name of ['utils', 'helpers', 'common', 'lib', 'types', 'constants', 'manager'])
      expect(rooms).not.toContain(name)
  })

  test('no file is longer than 300 lines', () => {
    const long = ['electron', 'shared', 'renderer', 'test']
      .flatMap(sources)
      .filter(file => readFileSync(join(root, file), 'utf8').split('\n').length > 301)
    expect(long).toEqual([])
  })
})

function importNames(file: string): string {
  return [...readFileSync(join(root, file), 'utf8').matchAll(/import\s+\{([^}]*)\}/g)]
    .map(match => match[1] ?? '')
    .join(',')
}
