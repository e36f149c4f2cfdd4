import { expect, test } from 'vitest'
import { parseBounce } from '#shared/explain/parse-bounce.ts'

const DSN = `Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; ann@example.net
Action: delayed
Status: 4.4.1
Diagnostic-Code: X-Postfix; connect to mx.example.net[192.0.2.1]:25: Connection
    timed out

Final-Recipient: rfc822; bob@example.org
Action: failed
Status: 5.1.1 (bad mailbox)
Diagnostic-Code: smtp; 550 5.1.1 User unknown
`

test('each recipient of a bounce has its own fields, folded lines joined', () => {
  expect(parseBounce(DSN)).toEqual([
    {
      action: 'delayed',
      status: '4.4.1',
      diagnostic: 'X-Postfix; connect to mx.example.net[192.0.2.1]:25: Connection\ntimed out',
      recipient: 'ann@example.net',
    },
    { action: 'failed', status: '5.1.1', diagnostic: 'smtp; 550 5.1.1 User unknown', recipient: 'bob@example.org' },
  ])
})

test('a quoted bounce is read, too', () => {
  expect(parseBounce(DSN.replace(/^/gm, '> '))).toHaveLength(2)
})

test('a text that is no bounce has none', () => {
  expect(parseBounce('550 5.1.1 User unknown')).toEqual([])
})

test('a bounce for ten thousand recipients is read only in part', () => {
  expect(parseBounce(DSN.repeat(5000)).length).toBeLessThanOrEqual(21)
})
