import { describe, expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { hasErrors, remarksOf, upToDate } from '../../../renderer/form/remarks.ts'
import { absorbHost, inputOf, readInput } from '../../../renderer/form/settings-input.ts'

const BASE = AccountSettings.parse({ host: 'mail.example.org', port: 587, security: 'starttls', user: 'me' })

describe('settings as they are typed', () => {
  test('are read back as they were', () => {
    const settings = AccountSettings.parse({ ...BASE, proxy: { host: '127.0.0.1', port: 9050 }, dsnReturn: 'full' })
    expect(readInput(inputOf(settings), settings)).toEqual({ settings, faults: [] })
  })

  test.each(['0', '65536', 'abc', '25x', '1e3', '-1'])(
    'a port of %j stands beside its field and keeps the last one',
    port => {
      const read = readInput({ ...inputOf(BASE), port }, BASE)
      expect(read.faults).toEqual([{ field: 'port', message: 'A whole number from 1 to 65535.', remedy: null }])
      expect(read.settings.port).toBe(587)
    },
  )

  test('an empty field is not set', () => {
    expect(readInput({ ...inputOf(BASE), user: ' ', port: '' }, BASE).settings).toMatchObject({
      user: null,
      port: null,
    })
  })

  test('a proxy without a port is on 1080', () => {
    const { settings } = readInput({ ...inputOf(BASE), proxy: 'proxy.example.org' }, BASE)
    expect(settings.proxy).toEqual({ host: 'proxy.example.org', port: 1080 })
  })

  test('a control character is refused at its field, and nothing else is lost', () => {
    const read = readInput({ ...inputOf(BASE), fromName: 'a\u0007b', user: 'you' }, BASE)
    expect(read.faults.map(fault => fault.field)).toEqual(['fromName'])
  })
})

describe('what is pasted into the host field', () => {
  test('is split into the fields that it names, its password apart', () => {
    const absorbed = absorbHost(inputOf(BASE), 'smtps://me%40example.org:se%23cret@smtp.example.net:2465')
    expect(absorbed?.input).toMatchObject({
      host: 'smtp.example.net',
      port: '2465',
      security: 'tls',
      user: 'me@example.org',
    })
    expect(absorbed?.password).toBe('se#cret')
    expect(JSON.stringify(absorbed?.input)).not.toContain('cret')
  })

  test('changes only what it names', () => {
    expect(absorbHost(inputOf(BASE), 'smtp.example.net')?.input).toEqual({ ...inputOf(BASE), host: 'smtp.example.net' })
  })

  test('stays as it is when it cannot be understood', () => {
    expect(absorbHost(inputOf(BASE), 'two words here')).toBeNull()
  })
})

describe('remarks beside the fields', () => {
  test('what contradicts something comes with the change that sets it right', () => {
    const remarks = remarksOf(readInput({ ...inputOf(BASE), port: '465' }, BASE))
    expect(remarks.security).toMatchObject({ severity: 'warning', change: { security: 'tls' } })
    expect(hasErrors(remarks)).toBe(false)
  })

  test('a remark about a field that was typed into since is held back', () => {
    const judged = { ...inputOf(BASE), port: '0' }
    const remarks = remarksOf(readInput(judged, BASE))
    expect(remarks.port).toBeDefined()
    expect(upToDate(remarks, judged, { ...judged, port: '25' }).port).toBeUndefined()
    expect(upToDate(remarks, judged, judged).port).toBeDefined()
  })
})
