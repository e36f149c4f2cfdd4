import { expect, test } from 'vitest'
import { expandMacros, fitDomain, type MacroValues } from '#engine/spf/expand.ts'
import { parseDomainSpec, parseMacroString } from '#engine/spf/macro.ts'

/** The example of RFC 7208 section 7.4. */
const VALUES: MacroValues = {
  s: 'strong-bad@email.example.com',
  l: 'strong-bad',
  o: 'email.example.com',
  d: 'email.example.com',
  i: '192.0.2.3',
  h: 'mail.example.org',
  c: '192.0.2.3',
  r: 'mx.example.net',
  t: '1700000000',
  v: 'in-addr',
  p: () => Promise.resolve('mx.example.org'),
}
const NIBBLES = '2.0.0.1.0.d.b.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.c.b.0.1'

async function expand(text: string, values = VALUES) {
  const parsed = parseMacroString(text, 'explanation')
  return parsed.ok ? expandMacros(parsed.value, values) : parsed.error
}

test.for([
  ['%{s}', 'strong-bad@email.example.com'],
  ['%{o}', 'email.example.com'],
  ['%{d}', 'email.example.com'],
  ['%{d4}', 'email.example.com'],
  ['%{d3}', 'email.example.com'],
  ['%{d2}', 'example.com'],
  ['%{d1}', 'com'],
  ['%{dr}', 'com.example.email'],
  ['%{d2r}', 'example.email'],
  ['%{l}', 'strong-bad'],
  ['%{l-}', 'strong.bad'],
  ['%{lr}', 'strong-bad'],
  ['%{lr-}', 'bad.strong'],
  ['%{l1r-}', 'strong'],
  ['%{ir}.%{v}._spf.%{d2}', '3.2.0.192.in-addr._spf.example.com'],
  ['%{lr-}.lp._spf.%{d2}', 'bad.strong.lp._spf.example.com'],
  ['%{lr-}.lp.%{ir}.%{v}._spf.%{d2}', 'bad.strong.lp.3.2.0.192.in-addr._spf.example.com'],
  ['%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}', '3.2.0.192.in-addr.strong.lp._spf.example.com'],
  ['%{d2}.trusted-domains.example.net', 'example.com.trusted-domains.example.net'],
] as const)('RFC 7208 section 7.4: %s is %s', async ([text, expanded]) => {
  expect(await expand(text)).toBe(expanded)
})

test('RFC 7208 section 7.4: an IPv6 address is nibbles', async () => {
  const reversed = NIBBLES.split('.').toReversed().join('.')
  const values = { ...VALUES, i: NIBBLES, v: 'ip6' }
  expect(await expand('%{ir}.%{v}._spf.%{d2}', values)).toBe(`${reversed}.ip6._spf.example.com`)
})

test('an upper-case letter escapes the value for a URL', async () => {
  const values = { ...VALUES, l: "~jack&jill=up-a_b3.c'(d)" }
  expect(await expand('http://example.com/why?l=%{L}', values)).toBe(
    'http://example.com/why?l=~jack%26jill%3Dup-a_b3.c%27%28d%29',
  )
})

test('%% %_ and %- are a percent sign, a blank and an escaped blank', async () => {
  expect(await expand('100%% sure%_or%-not')).toBe('100% sure or%20not')
})

test.for(['%', '%x', '%{x}', '%{d', '%{d0}', '%{}', '%{d2x}', '%{dr2}', 'ü', '\t'])(
  '%j is not a macro string',
  text => {
    expect(parseMacroString(text, 'explanation').ok).toBe(false)
  },
)

test.for([
  ['example.com', true],
  ['example.com.', true],
  ['%{d}', true],
  ['%{d}.example.com', true],
  ['a.b%%', true],
  ['foo:bar/baz.example.com', true],
  ['_spf.example.x-y', true],
  ['example', false],
  ['', false],
  ['example.123', false],
  ['example.-com', false],
  ['example.com-', false],
  ['example.com..', false],
  ['%{c}.example.com', false],
  ['%{R}.example.com', false],
  ['%%{d}', false],
  ['two words.example.com', false],
] as const)('%j as a domain: %s', ([text, valid]) => {
  expect(parseDomainSpec(text).ok).toBe(valid)
})

test('a name over 253 characters loses labels on its left', () => {
  const name = `${'label.'.repeat(50)}example.com`
  const fitted = fitDomain(name)
  expect(fitted.length).toBeLessThanOrEqual(253)
  expect(name.endsWith(`.${fitted}`)).toBe(true)
  expect(fitted.length + 'label.'.length).toBeGreaterThan(253)
})
