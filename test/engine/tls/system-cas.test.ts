import { readFile } from 'node:fs/promises'
import { beforeEach, expect, test, vi } from 'vitest'
import { createSelfSigned } from '../../support/certificates.ts'

/** What is known is kept for the life of a process: each test begins one of its own. */
async function fresh() {
  vi.resetModules()
  return import('#engine/tls/system-cas.ts')
}

const missing = () => Promise.reject(new Error('ENOENT'))

beforeEach(() => {
  vi.stubEnv('SSL_CERT_FILE', undefined)
  vi.stubEnv('SSL_CERT_DIR', undefined)
  return () => vi.unstubAllEnvs()
})

test('the one file of the distribution is read in place of asking Node', async () => {
  const { readSystemCas, systemCas } = await fresh()
  const ca = (await createSelfSigned()).cert.trim()
  const asked: string[] = []
  await readSystemCas(path => {
    asked.push(path)
    return path === '/etc/pki/tls/certs/ca-bundle.crt' ? Promise.resolve(Buffer.from(`# Lab\n${ca}\n`)) : missing()
  })
  expect(systemCas()).toEqual([ca])
  expect(asked).toEqual(['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt'])
})

test('nothing is trusted that Node does not find in the folder of the system', async () => {
  const byFile = await fresh()
  await byFile.readSystemCas(readFile)
  const byNode = await fresh()
  const bare = (pem: string) => pem.replace(/\s/g, '')
  const trusted = new Set(byNode.systemCas().map(bare))
  expect(byFile.systemCas().filter(pem => !trusted.has(bare(pem)))).toEqual([])
})

test('a file without a certificate, or none at all, leaves it to Node', async () => {
  for (const read of [missing, () => Promise.resolve(Buffer.from('nothing here'))]) {
    const { readSystemCas, systemCas } = await fresh()
    await readSystemCas(read)
    expect(systemCas().length).toBeGreaterThan(0)
  }
})

test.each([
  ['another file', 'SSL_CERT_FILE', '/etc/lab/roots.pem', 0],
  ['another folder', 'SSL_CERT_DIR', '/etc/lab/roots', 0],
  ['the file of the distribution itself', 'SSL_CERT_FILE', '/etc/ssl/certs/ca-certificates.crt', 3],
  ['the folder of the distribution itself', 'SSL_CERT_DIR', '/etc/ssl/certs', 3],
])('where the environment names %s', async (_what, name, value, tries) => {
  vi.stubEnv(name, value)
  const { readSystemCas } = await fresh()
  const asked: string[] = []
  await readSystemCas(path => {
    asked.push(path)
    return missing()
  })
  expect(asked).toHaveLength(tries)
})
