import { expect, test } from 'vitest'
import { decidingQuestion } from '#shared/explain/deciding.ts'
import { explain } from '#shared/explain/explain.ts'

test('a question is asked where its answers are the readings that are left', () => {
  expect(decidingQuestion('tls-cert-unknown-issuer', ['antivirus-or-firewall-interception'])?.answers).toHaveLength(2)
  expect(decidingQuestion('tls-cert-unknown-issuer', ['tls-cert-expired'])).toBeNull()
  expect(decidingQuestion('unknown', [])).toBeNull()
})

test('the answer is taken, and what the words said stays as the other reading', () => {
  const text = 'self signed certificate in certificate chain'
  const before = explain({ text })
  const other = before.alternatives[0]?.class
  const after = explain({ text, means: other ?? null })
  expect(after).toMatchObject({ class: other, alternatives: [{ class: before.class }] })
  expect(after.findings[0]?.evidence).not.toEqual([])
})
