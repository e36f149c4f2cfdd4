import { expect, test } from 'vitest'
import { STEP_IDS } from '#shared/diagnosis/step-ids.ts'
import { CATALOGUE, entryOf, stepOf, type FindingId } from '#shared/finding/catalogue.ts'
import { FailureClass } from '#shared/finding/classes.ts'
import { judged } from '#shared/finding/judged.ts'
import { findingOfClass } from '#shared/finding/of-class.ts'
import { present } from '#shared/finding/present.ts'
import { factNames, fillWords } from '#shared/finding/words.ts'
import { settings } from './evidence-for-tests.ts'

// The catalogue's own keys are what its type was made of.
const IDS = Object.keys(CATALOGUE) as FindingId[]

test.for(IDS)('%s belongs to the step that it begins with', id => {
  expect(STEP_IDS).toContain(stepOf(id))
  expect(id.startsWith(`${stepOf(id)}-`)).toBe(true)
})

test.for(IDS)('%s reads as whole sentences, with its facts and without', id => {
  const { title, why } = entryOf(id)
  const facts = Object.fromEntries([...factNames(title), ...factNames(why)].map(name => [name, 'FACT']))
  for (const text of [fillWords(why, facts), fillWords(why, {}), fillWords(title, facts)]) {
    expect(text).not.toMatch(/[{}[\]|]|\s{2}| [.,:;]|\(\)|""/)
    expect(text).toMatch(/^[A-Z"{(1-9]|^FACT/)
  }
  expect(fillWords(why, facts)).toMatch(/\.$/)
  expect(title).not.toMatch(/\.$/)
})

test.for(IDS)('%s offers something to do, unless it only informs', id => {
  const [finding] = present([judged(id, { facts: { domain: 'example.com' } })], { account: settings(), steps: [] })
  if (finding?.severity !== 'info') expect(finding?.fixes.length).toBeGreaterThan(0)
})

test.for(FailureClass.options)('the class %s leads to a finding of that class', means => {
  const id = findingOfClass(means, null)
  if (means === 'unknown') expect(id).toBeNull()
  else expect(id && entryOf(id).class).toBe(means)
})

test('a fact that was not observed leaves its part of the sentence out, or gives way to other words', () => {
  expect(fillWords('It was[ at {place}] here, [{who}|somebody] said.', {})).toBe('It was here, somebody said.')
  expect(fillWords('It was[ at {place}] here, [{who}|somebody] said.', { place: 'noon', who: 'Ann' })).toBe(
    'It was at noon here, Ann said.',
  )
})
