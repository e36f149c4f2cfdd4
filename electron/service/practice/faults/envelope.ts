import type { Fault, Moment, Refusal, Visit } from '../fault.ts'

export const ENVELOPE_FAULTS: readonly Fault[] = [
  fault(
    'auth-required',
    'Insists on sign-in',
    'The sender is refused until somebody has signed in, on the port without encryption too.',
    {
      ...at('mail', 530, '5.7.0 Authentication required'),
      when: visit => visit.user === null,
    },
  ),
  fault(
    'refuse-sender',
    'Refuses the sender',
    'MAIL FROM is refused for every address.',
    at('mail', 550, visit => `5.7.1 <${visit.mailFrom}>: Sender address rejected: Access denied`),
  ),
  fault(
    'sender-not-owned',
    'Sender does not belong to the user',
    'MAIL FROM is refused because the address does not belong to whoever signed in; once that happened, the user name itself is accepted as the sender.',
    {
      ...at(
        'mail',
        553,
        visit => `5.7.1 <${visit.mailFrom}>: Sender address rejected: not owned by user ${visit.user ?? '(nobody)'}`,
      ),
      when: (visit, earlier) => !(visit.user === visit.mailFrom && earlier.some(one => one.mailFrom !== visit.user)),
    },
  ),
  fault(
    'sender-not-verified',
    'Sender was never verified',
    'MAIL FROM is refused because the address is not a verified identity of the account.',
    at('mail', 550, visit => `5.7.1 The from address ${visit.mailFrom} does not match a verified Sender Identity`),
  ),
  fault(
    'sender-domain-not-found',
    'Domain of the sender does not exist',
    'MAIL FROM is refused because the server finds no domain behind the address.',
    at('mail', 550, visit => `5.1.8 <${visit.mailFrom}>: Sender address rejected: Domain not found`),
  ),
  fault(
    'rate-limited',
    'Too much mail in too short a time',
    'MAIL FROM is put off because of a limit per hour.',
    at('mail', 450, visit => `4.7.1 <${visit.mailFrom}>: Rate limit exceeded, retry in 3600 seconds`),
  ),
  fault(
    'daily-quota',
    'Daily limit is used up',
    'MAIL FROM is refused because of a limit per day.',
    at('mail', 550, '5.4.5 Daily user sending limit exceeded'),
  ),
  fault(
    'account-suspended',
    'Sending is suspended',
    'MAIL FROM is refused because the account may not send any more.',
    at('mail', 550, '5.7.1 Your account has been suspended: maximum credits exceeded'),
  ),
  fault(
    'temporary-error',
    'Temporary error',
    'MAIL FROM is put off because the server has a problem of its own.',
    at('mail', 451, '4.3.0 Error: queue file write error, temporary local problem'),
  ),
  fault(
    'server-shutting-down',
    'Shuts down in the session',
    'MAIL FROM is answered with 421 and the server hangs up.',
    at('mail', 421, '4.3.2 mail.practice.test Service shutting down, closing transmission channel'),
  ),
  fault(
    'requiretls-unsupported',
    'Knows no REQUIRETLS',
    'REQUIRETLS is not offered behind TLS: nobody can ask that a message travels encrypted on its whole way.',
    { kind: 'withhold', keyword: 'REQUIRETLS' },
  ),
  fault(
    'dsn-unsupported',
    'Knows no delivery reports',
    'DSN is not offered, and its parameters are refused.',
    { kind: 'withhold', keyword: 'DSN' },
    {
      ...at('mail', 555, '5.5.4 Unsupported option: RET or ENVID'),
      when: visit => visit.parameters.some(name => name === 'RET' || name === 'ENVID'),
    },
    {
      ...at('rcpt', 555, '5.5.4 Unsupported option: NOTIFY or ORCPT'),
      when: visit => visit.parameters.some(name => name === 'NOTIFY' || name === 'ORCPT'),
    },
  ),
  fault(
    'smtputf8-unsupported',
    'Knows no Unicode addresses',
    'SMTPUTF8 is not offered, and addresses beyond ASCII are refused.',
    { kind: 'withhold', keyword: 'SMTPUTF8' },
    {
      ...at('mail', 553, '5.6.7 Non-ASCII addresses are not permitted without SMTPUTF8'),
      when: visit => !isAscii(visit.mailFrom),
    },
    {
      ...at('rcpt', 553, '5.6.7 Non-ASCII addresses are not permitted without SMTPUTF8'),
      when: visit => !isAscii(visit.rcptTo),
    },
  ),
  fault(
    'refuse-recipient',
    'Knows no such recipient',
    'RCPT TO is refused for every address.',
    at('rcpt', 550, visit => `5.1.1 <${visit.rcptTo}>: Recipient address rejected: User unknown`),
  ),
  fault(
    'recipient-domain-not-found',
    'Domain of the recipient does not exist',
    'RCPT TO is refused because the server finds no domain behind the address.',
    at('rcpt', 550, visit => `5.1.2 <${visit.rcptTo}>: Recipient address rejected: Domain not found`),
  ),
  fault(
    'recipient-syntax',
    'Finds the recipient misspelt',
    'RCPT TO is refused because of its syntax.',
    at('rcpt', 553, visit => `5.1.3 The recipient address <${visit.rcptTo}> is not a valid RFC 5321 address`),
  ),
  fault(
    'relay-denied',
    'Does not relay',
    'RCPT TO is refused because the server does not pass mail on for this client; if nobody had signed in when that happened, signing in cures it.',
    {
      ...at('rcpt', 554, visit => `5.7.1 <${visit.rcptTo}>: Relay access denied`),
      when: (visit, earlier) => !(visit.user !== null && earlier.some(one => one.user === null)),
    },
  ),
  fault(
    'address-denied',
    'Lets only known addresses in',
    'RCPT TO is refused because of the machine that connects, whoever has signed in.',
    at('rcpt', 554, visit => `5.7.1 <unknown[${visit.clientAddress}]>: Client host rejected: Access denied`),
  ),
  fault(
    'greylist',
    'Puts strangers off (greylisting)',
    'RCPT TO is put off the first time a client, sender and recipient come together, and accepted from then on.',
    {
      ...at(
        'rcpt',
        450,
        visit => `4.2.0 <${visit.rcptTo}>: Recipient address rejected: Greylisted, try again in 60 seconds`,
      ),
      when: (visit, earlier) => !earlier.some(one => sameTriple(one, visit)),
    },
  ),
  fault(
    'mailbox-full',
    'Mailbox is full',
    'RCPT TO is refused because the mailbox of the recipient is full.',
    at('rcpt', 552, visit => `5.2.2 <${visit.rcptTo}>: Mailbox is full, quota exceeded`),
  ),
  fault(
    'sandbox',
    'Sends only to verified recipients',
    'RCPT TO is refused because the account is still on trial.',
    at('rcpt', 554, '5.7.1 Free accounts are for test purposes only: add the recipient to your authorized recipients'),
  ),
  fault(
    'open-relay',
    'Passes on mail of anybody to anybody',
    'Senders and recipients are accepted without sign-in, whatever their domain is. It shows only where that is asked for: serverinfo --check-relay.',
    { kind: 'open-relay' },
  ),
]

function fault(id: string, title: string, description: string, ...effects: Fault['effects']): Fault {
  return { id, title, description: `${description} Applies to all three ports.`, group: 'envelope', effects }
}

function at(moment: Moment, code: number, text: Refusal['text']): Refusal {
  return { kind: 'refuse', at: moment, code, text }
}

function isAscii(address: string | null): boolean {
  return /^[\u0020-\u007e]*$/.test(address ?? '')
}

function sameTriple(a: Visit, b: Visit): boolean {
  return a.clientAddress === b.clientAddress && a.mailFrom === b.mailFrom && a.rcptTo === b.rcptTo
}
