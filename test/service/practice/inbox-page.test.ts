import { request } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Inbox } from '#service/practice/inbox.ts'
import { createInboxPage, type InboxPage } from '#service/practice/inbox-page.ts'

const HOSTILE = `From: "<script>alert(1)</script>" <a@practice.test>\r
Subject: <img src=x onerror=alert(1)>\u001b[31m\r
Content-Type: text/html; charset=utf-8\r
\r
<script>alert(document.domain)</script><b>bold</b>\r
`

let inbox: Inbox
let page: InboxPage

beforeEach(async () => {
  inbox = new Inbox()
  page = await createInboxPage(inbox, 0, 'secret-part')
})
afterEach(() => page.close())

const arrive = (source: string | Buffer) =>
  inbox.add(
    {
      mailFrom: 'a@practice.test',
      rcptTo: ['b@practice.test'],
      encrypted: true,
      signedInAs: null,
      source: Buffer.from(source),
    },
    new Date(0),
  )

test('the list and the message are pages in which nothing of the message is markup', async () => {
  const { id } = await arrive(HOSTILE)
  for (const url of [page.url, `${page.url}message/${id}`]) {
    const response = await fetch(url)
    const html = await response.text()
    expect(response.status).toBe(200)
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html).not.toMatch(/<script|<img|<b>|\u001b/)
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self';/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('cache-control')).toBe('no-store')
  }
})

test('who accepts JSON gets the messages with their source', async () => {
  const { id } = await arrive(HOSTILE)
  const headers = { accept: 'application/json' }
  const messages: unknown = await (await fetch(page.url, { headers })).json()
  expect(messages).toEqual([inbox.message(id)])
  expect(inbox.message(id)).toMatchObject({ source: HOSTILE, receivedAt: '1970-01-01T00:00:00.000Z', text: null })
  expect(await (await fetch(`${page.url}message/${id}`, { headers })).json()).toEqual(inbox.message(id))
})

test('a foreign Host (DNS rebinding), a wrong token and other methods get nothing', async () => {
  await arrive(HOSTILE)
  expect(await statusOf(page.url, { host: `attacker.example:${page.port}` })).toBe(421)
  expect(await statusOf(page.url, { host: `localhost:${page.port}` })).toBe(200)
  expect(await statusOf(`http://127.0.0.1:${page.port}/`, {})).toBe(404)
  expect(await statusOf(`http://127.0.0.1:${page.port}/secret-parT/`, {})).toBe(404)
  expect(await statusOf(`${page.url}message/none`, {})).toBe(404)
  expect((await fetch(page.url, { method: 'POST' })).status).toBe(405)
})

test('the inbox keeps the newest and stays within its limits', async () => {
  const big = Buffer.concat([Buffer.from('Subject: big\r\n\r\n'), Buffer.alloc(9 * 1024 * 1024, 'x')])
  for (let count = 0; count < 4; count++) await arrive(big)
  expect(inbox.count).toBe(2)
  inbox.clear()
  for (let count = 0; count < 505; count++) await arrive(`Subject: ${count}\r\n\r\n`)
  expect(inbox.count).toBe(500)
  expect(inbox.entries()[0]?.subject).toBe('504')
})

test('a message that is no mail at all is kept with its source', async () => {
  const { id } = await arrive(Buffer.from([0xff, 0xfe, 0x00, 0x0a]))
  expect(inbox.message(id)).toMatchObject({ subject: '', from: '', source: 'ÿþ\u0000\n' })
})

function statusOf(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, response => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })
}
