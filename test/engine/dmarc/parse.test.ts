import { expect, test } from 'vitest'
import { parseDmarc } from '#engine/dmarc/parse.ts'

test('tags with all defaults', () => {
  expect(parseDmarc('v=DMARC1')).toMatchObject({
    p: null,
    sp: null,
    np: null,
    adkim: 'r',
    aspf: 'r',
    psd: 'u',
    testing: false,
    rua: [],
    policyFault: false,
    faults: [],
  })
})

test('blanks around tags, capitals in values and a final semicolon do not count', () => {
  const record = parseDmarc('v = DMARC1 ;p= Reject ; adkim=S;rua = mailto:a@a.test , mailto:b@a.test ; ')
  expect(record).toMatchObject({ p: 'reject', adkim: 's', rua: ['mailto:a@a.test', 'mailto:b@a.test'], faults: [] })
})

test('the old tags are named as such, and unknown ones apart from them', () => {
  const record = parseDmarc('v=DMARC1; p=none; pct=20; rf=afrf; ri=86400; quux=1')
  expect(record).toMatchObject({ obsolete: ['pct=20', 'rf=afrf', 'ri=86400'], unknown: ['quux'], faults: [] })
})

test.for([
  ['v=DMARC1; p=rejected', true],
  ['v=DMARC1; p=none; sp=maybe', true],
  ['v=DMARC1; p=none; np=', true],
  ['v=DMARC1; p=none; aspf=x', false],
  ['v=DMARC1; p=none; rua=admin@a.test', false],
  ['v=DMARC1; p=none; nonsense', false],
] as const)('%s has a fault', ([text, policyFault]) => {
  const record = parseDmarc(text)
  expect(record.faults).toHaveLength(1)
  expect(record.policyFault).toBe(policyFault)
})

test('the size limit behind a report address is passed over', () => {
  expect(parseDmarc('v=DMARC1; p=none; rua=mailto:a@a.test!50m').rua).toEqual(['mailto:a@a.test'])
})
