import { join } from 'node:path'
import { expect, test } from 'vitest'
import { entryOf } from '#shared/finding/catalogue.ts'
import { composeCatalogue, DOMAIN_IDS, fixKinds, IDS, publishedBy, shownBy } from './findings.ts'

test('docs/findings.md says what the catalogue says', async () => {
  await expect(composeCatalogue()).toMatchFileSnapshot(join(import.meta.dirname, '../../docs/findings.md'))
})

test('every finding is shown by a practice fault, a real failure or stored evidence, and offers something to do', () => {
  const unseen = IDS.filter(id => {
    const { faults, failures, evidence } = shownBy(id)
    return faults.length + failures.length + evidence.length === 0
  })
  expect(unseen.map(id => `${id} (${entryOf(id).severity})`)).toEqual([])
  expect(IDS.filter(id => fixKinds(id).length === 0)).toEqual([])
})

test('every finding about a whole domain is shown by a test that publishes the fault', () => {
  expect(DOMAIN_IDS.filter(id => publishedBy(id).length === 0)).toEqual([])
})
