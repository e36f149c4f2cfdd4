import { safe } from '@orpc/client'
import { describe, expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { FORMATS } from '#shared/formats/all.ts'
import { openServices } from './support/services.ts'

const CANARY = 'canary-9Xw'

const settings = AccountSettings.parse({
  host: 'mail.example.org',
  port: 587,
  security: 'starttls',
  user: 'jane@example.org',
  from: 'jane@example.org',
})

const readable = FORMATS.flatMap(({ id, read, write }) => (read === null || write === null ? [] : [{ id, write }]))

describe('accounts are made of what other programs keep', () => {
  test.each(readable)('$id, named and recognised', async ({ id, write }) => {
    const { client } = await openServices()
    const { text } = write(settings, CANARY)
    for (const format of [id, 'auto']) {
      const { created } = await client.accounts.importText({ format, text })
      expect(created).toMatchObject([{ account: { host: 'mail.example.org' } }])
      expect(JSON.stringify(created)).not.toContain('canary')
    }
  })

  test('the password goes where secrets go', async () => {
    const { client } = await openServices()
    const text = JSON.stringify({
      host: 'mail.example.org',
      port: 465,
      secure: true,
      auth: { user: 'j', pass: CANARY },
    })
    const { created } = await client.accounts.importText({ text })
    expect(created).toMatchObject([{ account: { security: 'tls', user: 'j' }, secret: 'session' }])
  })

  test('of an msmtprc all of them, with what could not be carried over', async () => {
    const { client } = await openServices()
    const text = 'account a\nhost a.example.org\nauto_from on\naccount b : a\nhost b.example.org\n'
    const { created, notes } = await client.accounts.importText({ text })
    expect(created.map(({ account }) => account.name)).toEqual(['a', 'b'])
    expect(notes).toContain('a: auto_from is obsolete: set the sender address instead')
    expect(notes).toContain('b: what a set is part of this account now')
  })

  test('what is broken is told with its place, and nothing of it is repeated', async () => {
    const { client } = await openServices()
    const text = `MAIL_HOST=\nMAIL_PASSWORD=${CANARY}\n`
    const { error } = await safe(client.accounts.importText({ text }))
    expect(error).toMatchObject({ data: { code: 'bad-input', field: 'text', remedy: expect.any(String) } })
    expect(JSON.stringify(error)).not.toContain('canary')
  })
})
