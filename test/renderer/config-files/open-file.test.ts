import { expect, test } from 'vitest'
import { type OpenFile, reduceOpenFile } from '../../../renderer/config-files/open-file.ts'

const FILE: OpenFile = {
  id: 1,
  path: '/home/ann/.msmtprc',
  target: '/home/ann/.msmtprc',
  name: '/home/ann/.msmtprc',
  stamp: 'a',
  facts: { mode: 0o644, ownedByUser: true, userIsRoot: false },
  changed: false,
  notes: ['came from elsewhere'],
  commands: [],
}

test('each file that is opened is another one', () => {
  const { id: _, ...file } = FILE
  expect(reduceOpenFile(FILE, { kind: 'opened', file })?.id).toBe(2)
  expect(reduceOpenFile(null, { kind: 'opened', file })?.id).toBe(1)
})

test('typing changes the state once, not with every key', () => {
  const changed = reduceOpenFile(FILE, { kind: 'edited', changed: true })
  expect(changed?.changed).toBe(true)
  expect(reduceOpenFile(changed, { kind: 'edited', changed: true })).toBe(changed)
})

test('saving elsewhere makes that the file', () => {
  const aimed = reduceOpenFile({ ...FILE, changed: true }, { kind: 'aimed', target: '/home/ann/other' })
  const facts = { mode: 0o600, ownedByUser: true, userIsRoot: false }
  expect(reduceOpenFile(aimed, { kind: 'saved', path: '/home/ann/other', stamp: 'b', facts })).toMatchObject({
    path: '/home/ann/other',
    name: '/home/ann/other',
    stamp: 'b',
    facts,
    changed: false,
  })
})
