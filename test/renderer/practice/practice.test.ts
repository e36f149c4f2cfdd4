import { expect, test } from 'vitest'
import type { PracticeFault } from '#shared/contract/practice.ts'
import { framedMessage } from '../../../renderer/practice/framed-message.ts'
import { groupFaults } from '../../../renderer/practice/group-faults.ts'

const fault = (id: string, group: PracticeFault['group'], title: string): PracticeFault => ({
  id,
  group,
  title,
  description: '',
})

const FAULTS = [
  fault('refuse-password', 'sign-in', 'Refuses the password'),
  fault('silence', 'network', 'Never answers'),
  fault('slow-greeting', 'greeting', 'Greets slowly'),
]

test('faults stand in the order of the delivery path', () => {
  expect(groupFaults(FAULTS, '').map(({ group }) => group)).toEqual(['network', 'greeting', 'sign-in'])
})

test('a search leaves groups without a match out', () => {
  expect(groupFaults(FAULTS, 'PASSWORD refuses').map(({ group }) => group)).toEqual(['sign-in'])
})

test('a message is framed under a policy that fetches nothing, before any of its own markup', () => {
  const framed = framedMessage('<img src="https://tracker.example/x.png">')
  expect(framed.indexOf("default-src 'none'")).toBeGreaterThan(0)
  expect(framed.indexOf("default-src 'none'")).toBeLessThan(framed.indexOf('<img'))
})
