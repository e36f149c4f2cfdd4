/** What a basic reply code means, and the section that says so. */
export type CodeMeaning = { readonly meaning: string; readonly source: string }

const NUMERIC = 'RFC 5321 section 4.2.3'
const AUTH = 'RFC 4954 section 6'
const STARTTLS = 'RFC 3207 section 4'
const VERIFYING = 'RFC 5321 section 3.5.3'
const ETRN = 'RFC 1985'

const CODES: ReadonlyMap<number, CodeMeaning> = new Map(
  (
    [
      [211, 'the state of the system, or help', NUMERIC],
      [214, 'help', NUMERIC],
      [220, 'the server is ready', NUMERIC],
      [221, 'the server closes the connection', NUMERIC],
      [235, 'the sign-in worked', AUTH],
      [250, 'done', NUMERIC],
      [251, 'the mailbox is elsewhere; the server passes the message on', NUMERIC],
      [252, 'the mailbox was not checked, but the server will take a message for it', NUMERIC],
      [253, 'messages wait for this node, and the server begins to send them', 'RFC 1985'],
      [334, 'the server asks for the next part of the sign-in', 'RFC 4954 section 4'],
      [354, 'the message may be sent; a line with a single dot ends it', NUMERIC],
      [421, 'the server gives up for now and closes the connection', NUMERIC],
      [432, 'the password must be changed before this mechanism can be used', AUTH],
      [450, 'the mailbox is not available now; try again later', NUMERIC],
      [451, 'the server met an error of its own; try again later', NUMERIC],
      [452, 'the server has not enough storage now; try again later', NUMERIC],
      [454, 'the server cannot do that now; try again later', AUTH],
      [455, 'the server cannot take the parameters now', NUMERIC],
      [458, 'the server cannot start the queue for this node', 'RFC 1985'],
      [459, 'the server may not start the queue for this node', 'RFC 1985'],
      [500, 'the command was not recognized', NUMERIC],
      [501, 'the parameters of the command are wrong', NUMERIC],
      [502, 'the server does not carry out this command', NUMERIC],
      [503, 'the command does not belong here in the order of commands', NUMERIC],
      [504, 'the server does not carry out this parameter of the command', NUMERIC],
      [521, 'the host takes no mail', 'RFC 7504'],
      [530, 'the server wants a sign-in, or encryption, first', AUTH],
      [534, 'the server wants a stronger sign-in mechanism', AUTH],
      [535, 'the user name or the password was not accepted', AUTH],
      [538, 'this sign-in mechanism needs encryption', AUTH],
      [550, 'refused: there is no such mailbox, or the server’s rules forbid it', NUMERIC],
      [551, 'the mailbox is elsewhere, and the server does not pass messages on', NUMERIC],
      [552, 'more storage would be needed than is allowed', NUMERIC],
      [553, 'the name of the mailbox is not allowed', NUMERIC],
      [554, 'the transaction failed; as a greeting: no mail is taken here', NUMERIC],
      [555, 'the parameters of MAIL or RCPT are not known or not carried out', NUMERIC],
      [556, 'the domain takes no mail', 'RFC 7504'],
    ] as const
  ).map(([code, meaning, source]) => [code, { meaning, source }]),
)

/** Where a command gives a code a meaning of its own. */
const AFTER: Readonly<Record<string, ReadonlyMap<number, CodeMeaning>>> = {
  STARTTLS: new Map([
    [220, { meaning: 'the server waits for the TLS handshake', source: STARTTLS }],
    [454, { meaning: 'TLS is not available now', source: STARTTLS }],
    [501, { meaning: 'STARTTLS takes no parameters', source: STARTTLS }],
  ]),
  AUTH: new Map([
    [454, { meaning: 'the sign-in failed for now; try again later', source: AUTH }],
    [500, { meaning: 'the line of the sign-in is too long', source: AUTH }],
    [501, { meaning: 'the sign-in was cancelled, or its base64 is wrong', source: 'RFC 4954 section 4' }],
    [504, { meaning: 'the server does not know this sign-in mechanism', source: 'RFC 4954 section 4' }],
  ]),
  EHLO: new Map([
    [250, { meaning: 'greeted; each further line offers an extension', source: 'RFC 5321 section 4.1.1.1' }],
  ]),
  LHLO: new Map([[250, { meaning: 'greeted; each further line offers an extension', source: 'RFC 2033' }]]),
  VRFY: new Map([
    [250, { meaning: 'the mailbox exists', source: VERIFYING }],
    [251, { meaning: 'the mailbox is elsewhere; the server would pass a message on', source: VERIFYING }],
    [252, { meaning: 'the server does not say whether the mailbox exists, as most do not', source: VERIFYING }],
    [550, { meaning: 'there is no such mailbox', source: VERIFYING }],
    [553, { meaning: 'the name fits several mailboxes', source: VERIFYING }],
  ]),
  EXPN: new Map([
    [250, { meaning: 'who is on the list', source: VERIFYING }],
    [252, { meaning: 'the server does not say who is on the list', source: VERIFYING }],
    [550, { meaning: 'there is no such list, or the server does not tell of it', source: VERIFYING }],
  ]),
  ETRN: new Map([
    [250, { meaning: 'the server begins to look for what waits for this node', source: ETRN }],
    [251, { meaning: 'nothing waits for this node', source: ETRN }],
    [252, { meaning: 'messages wait for this node, and the server begins to send them', source: ETRN }],
  ]),
  QUIT: new Map([[221, { meaning: 'goodbye', source: 'RFC 5321 section 4.1.1.10' }]]),
}

// RFC 5321 section 4.2.1: the first digit alone says what to do.
const CLASSES: Readonly<Record<number, string>> = {
  2: 'the server did what was asked',
  3: 'the server waits for more',
  4: 'refused for now; the same may work later',
  5: 'refused for good; the same will be refused again',
}

/** @param verb the command that was answered, upper case; null for a greeting and for what nobody asked for */
export function meaningOfCode(code: number, verb: string | null): CodeMeaning {
  const own = verb === null ? undefined : AFTER[verb]?.get(code)
  const general = CLASSES[Math.floor(code / 100)] ?? 'not a code of SMTP'
  return own ?? CODES.get(code) ?? { meaning: general, source: 'RFC 5321 section 4.2.1' }
}
