import { expect, test } from 'vitest'
import { DomainLookInput } from '#shared/contract/domain.ts'
import type { DomainPart } from '#shared/domain/part.ts'
import { type LookState, missingParts, NO_LOOK, reduceLook } from '../../../renderer/domain/look-state.ts'

const asked = DomainLookInput.parse({ domain: 'a.test' })
const TLS_RPT: DomainPart = {
  kind: 'tlsRpt',
  value: { state: 'malformed', record: 'v=TLSRPTv1', detail: 'rua is missing' },
}

function started(): LookState {
  const began = reduceLook(NO_LOOK, { kind: 'begin', asked, atMs: 100 })
  const event = { kind: 'started', domain: 'a.test', from: 'ann@a.test', ip: null, resolver: 'system' } as const
  return reduceLook(began, { kind: 'event', event: { ...event, waitsFor: ['spf', 'tlsRpt'] } })
}

const told = (state: LookState, part: DomainPart) => reduceLook(state, { kind: 'event', event: { kind: 'part', part } })

test('parts fill in, and what has not come is known', () => {
  const state = told(started(), TLS_RPT)
  expect(state.parts.tlsRpt?.state).toBe('malformed')
  expect(missingParts(state)).toEqual(['spf'])
})

test('stopping keeps what has come, judges it, and says nothing about the rest', () => {
  const state = reduceLook(told(started(), TLS_RPT), { kind: 'stopped', atMs: 600 })
  expect(state).toMatchObject({ phase: 'stopped', tookMs: 500 })
  expect(state.findings?.map(({ id }) => id)).toEqual(['domain-tls-rpt-broken'])
})

test('what comes after Stop does not count', () => {
  const stopped = reduceLook(started(), { kind: 'stopped', atMs: 600 })
  expect(told(stopped, TLS_RPT).parts).toEqual({})
})

test('asking the name servers of the same domain remembers what the resolver showed', () => {
  const ended = told(started(), TLS_RPT)
  const authoritative = { ...asked, authoritative: true }
  expect(reduceLook(ended, { kind: 'begin', asked: authoritative, atMs: 0 }).seenBefore).toBe(ended.parts)
  const other = { ...authoritative, domain: 'b.test' }
  expect(reduceLook(ended, { kind: 'begin', asked: other, atMs: 0 }).seenBefore).toBeNull()
})
