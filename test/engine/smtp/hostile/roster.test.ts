import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ATTACKS } from './attacks.ts'

const TESTS = join(import.meta.dirname, '../../..')
const HOSTILE = 'engine/smtp/hostile'
const GREETINGS = `${HOSTILE}/greeting.test.ts`
const REPLIES = `${HOSTILE}/replies.test.ts`
const STARTTLS = `${HOSTILE}/starttls.test.ts`
const CHANGING = `${HOSTILE}/changing.test.ts`
const ENDING = `${HOSTILE}/ending.test.ts`
const SIGN_IN = `${HOSTILE}/sign-in.test.ts`
const BY_HAND = `${HOSTILE}/console.test.ts`
const CONSOLE = 'engine/smtp/console-session.test.ts'

/** What a server can do to a client, and the tests that do it. `attack`: also measured, under this name. */
const ROSTER: readonly (readonly [
  what: string,
  attack: string | null,
  ...tests: readonly (readonly [string, string])[],
])[] = [
  [
    '64 KiB without a line end',
    '64 KiB without a line end',
    [GREETINGS, '64 KiB without a line end'],
    [CONSOLE, '64 KiB without a line end are cut'],
  ],
  [
    'endless multi-line replies',
    'endless multi-line replies',
    [REPLIES, 'an EHLO of thousands of lines'],
    [CONSOLE, 'output without end ends the session'],
  ],
  [
    'NUL and control bytes',
    'NUL and control bytes',
    [REPLIES, 'NUL and control bytes'],
    [BY_HAND, 'bare CR and NUL are shown'],
  ],
  ['bare LF', 'bare LF', [REPLIES, 'bare LF'], [BY_HAND, 'bare LF ends a line']],
  ['bare CR', 'bare CR', [REPLIES, 'bare CR'], [BY_HAND, 'bare CR and NUL are shown']],
  ['replies split at every byte', 'replies split at every byte', [REPLIES, 'replies split at every byte']],
  [
    'several replies in one packet',
    'several replies in one packet',
    [REPLIES, 'several replies in one packet'],
    [CONSOLE, 'replies to commands that were sent together'],
  ],
  ['mixed codes', 'mixed codes', [REPLIES, 'mixed codes in one reply'], [BY_HAND, 'mixed codes']],
  [
    'codes outside 200–599',
    'codes outside 200-599',
    [CHANGING, 'in the middle of a session'],
    [BY_HAND, 'codes outside 200–599'],
  ],
  ['a banner of HTTP', 'a banner of HTTP', [GREETINGS, "['http'"]],
  ['a banner of SSH', 'a banner of SSH', [GREETINGS, "['ssh'"]],
  ['a banner of FTP', 'a banner of FTP', [GREETINGS, "['ftp'"]],
  ['a banner of IMAP', 'a banner of IMAP', [GREETINGS, "['imap'"], [CONSOLE, 'lines of another protocol']],
  ['a TLS alert', 'a TLS alert', [GREETINGS, "['tls'"]],
  [
    '421 at any moment',
    '421 in place of the greeting',
    [GREETINGS, '421 and 554 greetings'],
    [ENDING, '421 as the answer to %s'],
    [CHANGING, '421 as the answer to STARTTLS'],
    [CONSOLE, '421 that nobody asked for'],
  ],
  [
    'half-close',
    'half-close',
    [CHANGING, 'a half-close'],
    [ENDING, 'a connection that closes in place of'],
    [BY_HAND, 'half-close ends it'],
  ],
  ['reset', 'reset', [ENDING, 'a connection that is reset in place of'], [BY_HAND, 'reset ends it']],
  [
    'drip feed of a byte a second',
    'drip feed of a byte a second',
    [CHANGING, 'a drip feed of a byte a second'],
    [BY_HAND, 'drip feed of a byte a second'],
  ],
  [
    'plaintext injected behind the STARTTLS reply',
    'plaintext injected behind the STARTTLS reply',
    [STARTTLS, 'plaintext injected behind the STARTTLS reply'],
    ['engine/smtp/console-starttls.test.ts', 'octets slipped in behind the 220'],
  ],
  [
    'capabilities that change after TLS',
    'capabilities that change after TLS',
    [STARTTLS, 'capabilities that change after TLS'],
    [CHANGING, 'what was offered in the clear does not count'],
  ],
  ['STARTTLS stripped', 'STARTTLS stripped', [STARTTLS, 'STARTTLS stripped on the way']],
  ['STARTTLS mangled by a middlebox', 'STARTTLS mangled by a middlebox', [STARTTLS, 'STARTTLS mangled by a middlebox']],
  [
    'a server that demands AUTH in the clear',
    'a server that demands AUTH in the clear',
    [SIGN_IN, 'demands AUTH in the clear'],
    [BY_HAND, 'demands AUTH in the clear'],
  ],
  [
    'a certificate that changes between connections',
    'a certificate that changes between connections',
    [CHANGING, 'a certificate that changes between connections'],
  ],
  ['an EHLO of thousands of lines', 'an EHLO of thousands of lines', [REPLIES, 'an EHLO of thousands of lines']],
  [
    'a compression bomb',
    null,
    ['engine/discover/fetch-autoconfig.test.ts', 'a compression bomb'],
    ['engine/policy/mta-sts.test.ts', 'a compression bomb stays packed'],
  ],
  [
    'escape sequences aimed at the terminal',
    'escape sequences aimed at the terminal or the page',
    [GREETINGS, 'escape sequences aimed at the terminal'],
    [CONSOLE, 'escape sequences are made visible'],
  ],
  [
    'escape sequences aimed at the page',
    'escape sequences aimed at the terminal or the page',
    ['browser/server-info.test.ts', '<img src=x onerror=alert(1)>'],
  ],
  [
    'a server that obeys what was injected',
    null,
    ['host/cli/serverinfo-checks.test.ts', 'a server that obeys what was slipped in is at risk'],
  ],
  ['an open relay', null, ['host/cli/serverinfo-checks.test.ts', 'says MAIL, RCPT and RSET, and never DATA']],
]

test.each(ROSTER.map(([what, attack, ...tests]) => ({ what, attack, tests })))(
  '$what has its test',
  ({ attack, tests }) => {
    for (const [file, title] of tests) expect(readFileSync(join(TESTS, file), 'utf8')).toContain(title)
    if (attack !== null) expect(ATTACKS.map(({ name }) => name)).toContain(attack)
  },
)
