import { describe, expect, test } from 'vitest'
import { verifySignatures } from '#engine/dkim/verify.ts'
import { lookupWith } from '#engine/dns/lookup.ts'
import { splitMessage } from '#engine/message/split-message.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { withZone } from '../../support/with-zone.ts'
import type { Zone } from '../../support/zone-server.ts'

const FIELDS = `From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>
`

/** RFC 6376 appendix A.2, with the blanks that its errata 3192 and 4926 give back. */
const SIMPLE = `DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;
      c=simple/simple; q=dns/txt; i=joe@football.example.com;
      h=Received : From : To : Subject : Date : Message-ID;
      bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
      b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB
        4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut
        KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV
        4bmp/YzhwvcubU4=;
Received: from client1.football.example.com  [192.0.2.1]
      by submitserver.example.com with SUBMISSION;
      Fri, 11 Jul 2003 21:01:54 -0700 (PDT)
${FIELDS}
Hi.

We lost the game. Are you hungry yet?

Joe.
`

/** RFC 8463 appendix A.3: one signature with each algorithm. */
const RELAXED = `DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
 date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
 DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
 dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
${FIELDS}
Hi.

We lost the game.  Are you hungry yet?

Joe.
`

const BRISBANE = [
  'p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQ',
  'KBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYt',
  'IxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v',
  '/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhi',
  'tdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB',
]
const KEYS: Zone = {
  'brisbane._domainkey.example.com': [['TXT', ['v=DKIM1; ', ...BRISBANE]]],
  'brisbane._domainkey.football.example.com': [
    ['TXT', ['v=DKIM1; k=ed25519; ', 'p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=']],
  ],
  'test._domainkey.football.example.com': [
    [
      'TXT',
      [
        'v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWR',
        'iGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutAC',
        'DfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3',
        'Ip3G+2kryOTIKT+l/K4w3QIDAQAB',
      ],
    ],
  ],
}

async function verify(message: string, keys = KEYS) {
  const { resolver } = await withZone(keys)
  return verifySignatures(splitMessage(Buffer.from(message)), lookupWith(resolver, new Deadline(5_000)), new Date())
}

describe('the messages in the appendices of the RFCs', () => {
  test('RFC 6376: rsa-sha256, simple/simple', async () => {
    expect(await verify(SIMPLE)).toMatchObject([
      { result: 'pass', domain: 'example.com', selector: 'brisbane', bodyMatches: true, headerMatches: true },
    ])
  })

  test('RFC 8463: ed25519-sha256 and rsa-sha256, relaxed/relaxed', async () => {
    expect(await verify(RELAXED)).toMatchObject([
      { result: 'pass', algorithm: 'ed25519-sha256', key: { keyType: 'ed25519', state: 'ok' } },
      { result: 'pass', algorithm: 'rsa-sha256', key: { keyType: 'rsa', state: 'weak', bits: 1024 } },
    ])
  })

  test.for([
    [
      'a word in the body',
      (text: string) => text.replace('hungry', 'angry'),
      { bodyMatches: false, headerMatches: true },
    ],
    ['a signed field', (text: string) => text.replace('dinner', 'supper'), { bodyMatches: true, headerMatches: false }],
    [
      'a second From, which h= shuts out',
      (text: string) => text.replace('To: ', 'From: eve@e.example\nTo: '),
      { headerMatches: false },
    ],
  ] as const)('each of them fails after a change of %s', async ([, change, seen]) => {
    for (const one of await verify(change(RELAXED))) expect(one).toMatchObject({ result: 'fail', ...seen })
  })

  test('relaxed canonicalization forgives more blanks, simple does not', async () => {
    const spaced = (text: string) => text.replace('Subject: Is dinner', 'Subject:  Is  dinner')
    expect((await verify(spaced(RELAXED))).map(({ result }) => result)).toEqual(['pass', 'pass'])
    expect((await verify(spaced(SIMPLE))).map(({ result }) => result)).toEqual(['fail'])
  })

  test('a key for its own domain alone (t=s) does not speak for a domain below it', async () => {
    const strict: Zone = { 'brisbane._domainkey.example.com': [['TXT', ['v=DKIM1; t=s; ', ...BRISBANE]]] }
    expect(await verify(SIMPLE, strict)).toMatchObject([
      { result: 'permerror', why: expect.stringContaining('t=s'), bodyMatches: true },
    ])
  })
})
