import { join } from 'node:path'
import { expect, test } from 'vitest'
import { entryOf } from '#shared/finding/catalogue.ts'
import { composeCatalogue, DOMAIN_IDS, IDS, publishedBy, shownBy } from './findings.ts'

test('docs/findings.md says what the catalogue says', async () => {
  await expect(composeCatalogue()).toMatchFileSnapshot(join(import.meta.dirname, '../../docs/findings.md'))
})

test('every finding is shown by a practice fault or by stored evidence', () => {
  const unseen = IDS.filter(id => {
    const { faults, evidence } = shownBy(id)
    return faults.length === 0 && evidence.length === 0
  })
  expect(unseen.map(id => `${id} (${entryOf(id).severity})`)).toEqual([])
})

test('every finding about a whole domain is shown by a test that publishes the fault', () => {
  expect(DOMAIN_IDS.filter(id => publishedBy(id).length === 0)).toEqual([])
})
