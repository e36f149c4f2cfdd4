import { safe } from '@orpc/client'
import { expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { RunInput, type RunEvent } from '#shared/contract/run.ts'
import type { Report } from '#shared/report/report.ts'
import type { Services } from '#host/compose.ts'
import { collect, openServices, practise, reportIn, runOf } from './support/services.ts'

test('a run of a practice account signs in, offers the envelope, and is kept', async () => {
  const { client } = await openServices()
  const { account, secret } = await practise({ client })
  expect(secret).toBe('session')
  const events = await collect(await client.runs.run(runOf(account.id)))
  const report = reportIn(events)
  expect(report.steps.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'resolve done',
    'connect done',
    'encrypt done',
    'sign-in done',
    'deliver done',
    'domain done',
  ])
  expect(events[0]).toMatchObject({ kind: 'started', runId: report.id })
  expect(events.filter(({ kind }) => kind === 'ended')).toHaveLength(1)
  const lines = events.flatMap(event => (event.kind === 'transcript' ? event.lines : []))
  expect(lines).toEqual(report.transcript)
  expect(await client.runs.report({ runId: report.id })).toEqual(report)
  const view = await client.accounts.get({ id: account.id })
  expect(view).toMatchObject({
    lastRun: { id: report.id, verdict: 'works' },
    lastWorkedAt: report.startedAt,
  })
})

test('a run that sends brings the message, with the settings that worked', async () => {
  const { client } = await openServices()
  const { account } = await practise({ client })
  const input = runOf(account.id, { purpose: 'send', sendTo: 'anna@practice.test' })
  const ended = (await collect(await client.runs.run(input))).at(-1)
  expect(ended).toMatchObject({ kind: 'ended', report: { sendTo: 'anna@practice.test' } })
  const [entry] = await client.practice.inbox()
  expect(entry).toMatchObject({ rcptTo: ['anna@practice.test'], encrypted: true })
  const message = await client.practice.message({ id: entry?.id ?? '' })
  expect(message.text).toMatch(/TLSv1\.[23]/)
})

test('a run that wants TLS on the whole way says so in MAIL', async () => {
  const { client } = await openServices()
  const { account } = await practise({ client })
  const options = { requireTls: true }
  const input = runOf(account.id, { purpose: 'send', sendTo: 'anna@practice.test', options })
  const report = reportIn(await collect(await client.runs.run(input)))
  expect(report.transcript.map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/^MAIL FROM:<[^>]+> .*\bREQUIRETLS\b/),
  )
  expect(await client.practice.inbox()).toHaveLength(1)
})

test('a run of a draft is not in any history, and its report can be asked for', async () => {
  const { client } = await openServices()
  const { smtp } = await client.practice.start()
  const relay = smtp.find(({ user }) => user === null)
  const settings = AccountSettings.parse({
    host: relay?.host,
    port: relay?.port,
    auth: 'none',
    from: 'a@practice.test',
  })
  const input = RunInput.parse({ target: { kind: 'draft', settings }, purpose: 'test' })
  const ended = reportIn(await collect(await client.runs.run(input)))
  expect(await client.runs.report({ runId: ended.id })).toEqual(ended)
  expect(await client.runs.history({ accountId: 'draft' })).toEqual([])
})

test('a run that is stopped from elsewhere still ends with its report', async () => {
  const { client } = await openServices()
  await client.practice.start()
  await client.practice.setFaults({ active: [await faultLike(client, /silen/)] })
  const { account } = await client.practice.createAccount({ endpoint: null })
  const events: RunEvent[] = []
  for await (const event of await client.runs.run(runOf(account.id))) {
    events.push(event)
    if (event.kind === 'step-started' && event.id === 'connect' && events[0]?.kind === 'started') {
      await client.runs.stop({ runId: events[0].runId })
    }
  }
  expect(events.at(-1)).toMatchObject({ kind: 'ended' })
  expect(await client.runs.history({ accountId: account.id })).toMatchObject([{ verdict: 'stopped' }])
})

test('a run whose reader leaves is stopped, and what it learnt is kept', async () => {
  const { client } = await openServices()
  await client.practice.start()
  await client.practice.setFaults({ active: [await faultLike(client, /silen/)] })
  const { account } = await client.practice.createAccount({ endpoint: null })
  for await (const event of await client.runs.run(runOf(account.id))) {
    if (event.kind === 'step-started' && event.id === 'connect') break
  }
  expect(await client.runs.history({ accountId: account.id })).toMatchObject([{ verdict: 'stopped' }])
})

test('a run takes the domain step over from an earlier one of the same account', async () => {
  const { client } = await openServices()
  const { account } = await practise({ client })
  const first = reportIn(await collect(await client.runs.run(runOf(account.id))))
  const again = reportIn(await collect(await client.runs.run(runOf(account.id, { reuse: first.id }))))
  const domainOf = (report: Report) => report.steps.find(({ id }) => id === 'domain')?.evidence
  expect(domainOf(again)).toEqual(domainOf(first))
})

test.each([
  ['nobody to send to', { purpose: 'send' }, { code: 'bad-input', field: 'sendTo' }],
  ['a recipient without a domain', { sendTo: 'anna' }, { code: 'bad-input', field: 'sendTo' }],
  ['a resolver that is a name', { options: { resolver: 'dns.example.org' } }, { code: 'bad-input', field: 'resolver' }],
  [
    'a CA file that is not there',
    { options: { caFile: '/nonexistent/ca.pem' } },
    { code: 'file-missing', field: 'caFile' },
  ],
])('a run with %s is refused before anything is sent', async (_, extra, data) => {
  const { client } = await openServices()
  const settings = AccountSettings.parse({ host: '127.0.0.1', port: 9, from: 'a@practice.test' })
  const { account } = await client.accounts.create({ name: 'a', settings })
  const { error } = await safe(client.runs.run(runOf(account.id, extra)).then(collect))
  expect(error).toMatchObject({ code: 'PROBLEM', data })
})

test('a run sends the message of the caller as it is, to the recipients and from the sender that it names', async () => {
  const { client } = await openServices()
  const { account } = await practise({ client })
  const message = {
    raw: Buffer.from('From: <b@practice.test>\r\nSubject: mine\r\n\r\n.dot\r\n').toString('base64'),
    messageId: '<1@practice.test>',
    mailFrom: 'b@practice.test',
    rcptTo: ['c@practice.test', 'd@practice.test'],
  }
  const report = reportIn(await collect(await client.runs.run(runOf(account.id, { purpose: 'send', message }))))
  expect(report).toMatchObject({ account, sendTo: 'c@practice.test, d@practice.test' })
  const [entry] = await client.practice.inbox()
  expect(entry).toMatchObject({ mailFrom: 'b@practice.test', rcptTo: message.rcptTo, subject: 'mine' })
  expect(await client.practice.message({ id: entry?.id ?? '' })).toMatchObject({
    text: expect.stringMatching(/^\.dot/),
  })

  const bounce = runOf(account.id, { purpose: 'send', message: { ...message, mailFrom: '' } })
  const { error } = await safe(client.runs.run(bounce).then(collect))
  expect(error).toMatchObject({ code: 'PROBLEM', data: { code: 'bad-input', field: 'message.mailFrom' } })
})

test('a run of half-finished settings names the field that is missing', async () => {
  const { client } = await openServices()
  const { account } = await client.accounts.create({ name: 'a', settings: AccountSettings.parse({}) })
  const { error } = await safe(client.runs.run(runOf(account.id)).then(collect))
  expect(error).toMatchObject({ code: 'PROBLEM', data: { code: 'configuration', field: 'host' } })
})

async function faultLike(client: Services['client'], pattern: RegExp): Promise<string> {
  const { faults } = await client.practice.status()
  const fault = faults.find(({ id }) => pattern.test(id))
  if (!fault) throw new Error(`no fault like ${pattern.source} in ${faults.map(({ id }) => id).join(' ')}`)
  return fault.id
}
