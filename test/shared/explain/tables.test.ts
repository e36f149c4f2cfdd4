import { expect, test } from 'vitest'
import { TABLES } from '#shared/explain/tables/all.ts'

const SAYINGS = TABLES.flatMap(({ rows }) =>
  rows.flatMap(([means, , says]) => says.split('|').map(one => [means, one])),
)

test('every table names pages that document its wordings', () => {
  const pages = TABLES.map(({ sources }) => sources.filter(source => URL.canParse(source)))
  expect(pages.filter(urls => urls.length === 0)).toEqual([])
  expect(TABLES.flatMap(({ sources }) => sources.filter(source => !source.startsWith('https://')))).toEqual([])
})

test('wordings are written as a text is compared: in lower case, with straight quotes, three characters or more', () => {
  const wrong = SAYINGS.filter(
    ([, says = '']) => says !== says.toLowerCase() || /[‘’“”`]/.test(says) || says.trim().length < 3,
  )
  expect(wrong).toEqual([])
})

test('braces are closed, and hold more than one wording', () => {
  const wrong = SAYINGS.filter(([, says = '']) => !/^[^{}]*(?:\{[^{},]+(?:,[^{},]+)+\}[^{}]*)*$/.test(says))
  expect(wrong).toEqual([])
})

test('no row of a table holds a wording twice', () => {
  const twice = TABLES.flatMap(({ rows }) =>
    rows.flatMap(([means, , says]) => {
      const all = says.split('|').map(one => one.trim().replace(/\s+/g, ' '))
      return all.filter((one, index) => all.indexOf(one) !== index).map(one => `${means}: ${one}`)
    }),
  )
  expect(twice).toEqual([])
})
