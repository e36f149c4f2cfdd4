import { describe, expect, test } from 'vitest'
import { addressFaultMessage, domainOf, localPartOf, parseAddress } from '#shared/account/address.ts'
import { cpuMs } from '../../support/cpu-time.ts'

describe('mail addresses', () => {
  test.each([
    ['anna@example.org', null, 'anna', 'anna@example.org'],
    [' <anna@Example.ORG> ', null, 'anna', 'anna@example.org'],
    ['Anna B <anna@example.org>', 'Anna B', 'anna', 'anna@example.org'],
    ['"B, Anna" <anna@example.org>', 'B, Anna', 'anna', 'anna@example.org'],
    ['"Anna \\"Ann\\" B" <anna@example.org>', 'Anna "Ann" B', 'anna', 'anna@example.org'],
    ["o'brien+tag@example.org", null, "o'brien+tag", "o'brien+tag@example.org"],
    ['"anna b"@example.org', null, 'anna b', '"anna b"@example.org'],
    ['"a@b"@example.org', null, 'a@b', '"a@b"@example.org'],
    ['"anna"@example.org', null, 'anna', 'anna@example.org'],
    ['root@localhost', null, 'root', 'root@localhost'],
    ['anna@[192.0.2.1]', null, 'anna', 'anna@[192.0.2.1]'],
    ['anna@[IPv6:2001:db8::1]', null, 'anna', 'anna@[IPv6:2001:db8::1]'],
    ['anna@bücher.example', null, 'anna', 'anna@xn--bcher-kva.example'],
  ])('%s is read', (text, displayName, localPart, address) => {
    expect(parseAddress(text)).toMatchObject({ ok: true, value: { displayName, localPart, address } })
  })

  test('a local part beyond ASCII needs SMTPUTF8, a domain beyond ASCII does not', () => {
    expect(parseAddress('änna@example.org')).toMatchObject({ ok: true, value: { needsSmtpUtf8: true } })
    expect(parseAddress('anna@bücher.example')).toMatchObject({ ok: true, value: { needsSmtpUtf8: false } })
  })

  test.each([
    ['', 'empty'],
    ['<>', 'empty'],
    ['anna', 'no-at'],
    ['anna@', 'no-domain'],
    ['@example.org', 'no-local-part'],
    ['""@example.org', 'no-local-part'],
    ['anna@exa mple.org', 'domain'],
    ['anna@example..org', 'domain'],
    ['anna b@example.org', 'local-part-character'],
    ['.anna@example.org', 'local-part-dots'],
    ['an..na@example.org', 'local-part-dots'],
    ['a@example.org, b@example.org', 'several'],
    ['<a@example.org> <b@example.org>', 'several'],
    ['Anna <anna@example.org', 'unclosed'],
    ['"anna@example.org', 'unclosed'],
    ['anna@[192.0.2.1', 'unclosed'],
    ['anna@[300.0.2.1]', 'domain-literal'],
    ['anna@example.org\r\nBcc: eve@example.org', 'control-character'],
    [`${'a'.repeat(65)}@example.org`, 'local-part-too-long'],
    [`${'ä'.repeat(33)}@example.org`, 'local-part-too-long'],
    [`${'a'.repeat(64)}@${'b'.repeat(63)}.${'b'.repeat(63)}.${'b'.repeat(63)}.org`, 'address-too-long'],
  ])('%j has the fault %s, said in words', (text, kind) => {
    const result = parseAddress(text)
    expect(result).toMatchObject({ ok: false, error: { kind } })
    if (!result.ok) expect(addressFaultMessage(result.error)).toMatch(/\w/)
  })

  test('a million quotes and backslashes are read in linear time', () => {
    const texts = ['"'.repeat(1_000_000), `"${'\\'.repeat(1_000_000)}`, '<'.repeat(1_000_000)]
    for (const text of texts) expect(cpuMs(() => parseAddress(text))).toBeLessThan(2_000)
  })

  test('the domain and the local part are found without the rest', () => {
    expect(domainOf('Anna <anna@Example.org>')).toBe('example.org')
    expect(localPartOf('anna+x@example.org')).toBe('anna+x')
    expect(domainOf('nobody')).toBeNull()
  })
})
