/*
 * What the keywords of an EHLO reply mean. Registered ones are in the IANA registry of SMTP service extensions
 * (RFC 5321 section 2.2.2); the rest is what single products offer.
 */

export type Extension = {
  readonly keyword: string
  /** What it gives, in plain words. */
  readonly meaning: string
  /** Where it is defined; null for those of single products. */
  readonly source: string | null
}

/** One keyword of an EHLO reply with its parameters. */
export type OfferedExtension = {
  readonly keyword: string
  readonly parameters: string
  /** Null for a keyword that is in no list of ours. */
  readonly known: Extension | null
}

/** The extensions in the lines of an EHLO reply (`250-…`); the first line names the server. */
export function extensionsIn(lines: readonly string[]): readonly OfferedExtension[] {
  return lines.slice(1).map(line => {
    const text = line.replace(/^\d{3}[ -]/, '').trim()
    // `AUTH=LOGIN`: the keyword and its first parameter joined, as servers before RFC 2554 wrote it.
    const [, keyword = '', parameters = ''] = /^([^ \t=]*)[ \t=]*(.*)$/.exec(text) ?? []
    return { keyword: keyword.toUpperCase(), parameters, known: extensionOf(keyword) }
  })
}

export function extensionOf(keyword: string): Extension | null {
  return BY_KEYWORD.get(keyword.toUpperCase()) ?? (looksOverwritten(keyword) ? OVERWRITTEN : null)
}

// Firewalls hide a keyword by writing X or * over it; its length stays.
function looksOverwritten(keyword: string): boolean {
  return /^(?:X{4,}[A-Z]?|\*{3,})$/i.test(keyword)
}

const OVERWRITTEN: Extension = {
  keyword: 'overwritten',
  meaning: 'something between here and the server wrote over a keyword, most likely STARTTLS',
  source: null,
}

const row = (keyword: string, source: string | null, meaning: string): Extension => ({ keyword, meaning, source })

export const EXTENSIONS: readonly Extension[] = [
  row('SIZE', 'RFC 1870', 'says the largest message that the server takes, before it is sent'),
  row('PIPELINING', 'RFC 2920', 'several commands may be sent at once, which saves round trips'),
  row('STARTTLS', 'RFC 3207', 'the connection can be upgraded to TLS'),
  row('AUTH', 'RFC 4954', 'signing in, with one of the mechanisms that are listed'),
  row('8BITMIME', 'RFC 6152', 'text with characters of eight bits goes as it is'),
  row('SMTPUTF8', 'RFC 6531', 'addresses and headers may hold characters outside ASCII'),
  row('DSN', 'RFC 3461', 'the sender may ask for a report on the delivery'),
  row('ENHANCEDSTATUSCODES', 'RFC 2034', 'replies carry a second code, such as 5.7.8, that says more exactly why'),
  row('CHUNKING', 'RFC 3030', 'the message may be sent in pieces of known size (BDAT)'),
  row('BINARYMIME', 'RFC 3030', 'messages may hold binary parts without being encoded'),
  row('REQUIRETLS', 'RFC 8689', 'the sender may insist on TLS on the whole way'),
  row('LIMITS', 'RFC 9422', 'says how many recipients or messages one session may have'),
  row('ETRN', 'RFC 1985', 'a host may ask the server to start sending what waits for it'),
  row('ATRN', 'RFC 2645', 'a host that signed in may fetch its mail over this connection'),
  row('DELIVERBY', 'RFC 2852', 'the sender may set a time by which the message is to be delivered'),
  row('FUTURERELEASE', 'RFC 4865', 'the sender may ask the server to hold the message until later'),
  row('MT-PRIORITY', 'RFC 6710', 'messages may carry a priority'),
  row('BURL', 'RFC 4468', 'the server may fetch the message from an IMAP server'),
  row('SUBMITTER', 'RFC 4405', 'the sender may name who is responsible for the message'),
  row('MTRK', 'RFC 3885', 'messages may be tracked on their way'),
  row('NO-SOLICITING', 'RFC 3865', 'the server tells what kinds of solicitation it does not want'),
  row('CHECKPOINT', 'RFC 1845', 'a broken transfer may go on where it broke'),
  row('RRVS', 'RFC 7293', 'the sender may require that a mailbox still has the owner it had then'),
  row('CONPERM', 'RFC 4141', 'the sender may allow conversions of the content'),
  row('CONNEG', 'RFC 4141', 'the receiver may say which kinds of content it can show'),
  row('VRFY', 'RFC 5321 section 3.5', 'whether a mailbox exists may be asked'),
  row('EXPN', 'RFC 5321 section 3.5', 'who is on a mailing list may be asked'),
  row('HELP', 'RFC 5321 section 4.1.1.8', 'the server explains its commands'),
  row('UTF8SMTP', 'RFC 5336', 'an experiment that became SMTPUTF8'),
  row('XCLIENT', null, 'a trusted proxy may say who the real client is (Postfix)'),
  row('XFORWARD', null, 'a content filter may be told where a message came from (Postfix)'),
  row('X-EXPS', null, 'signing in between Exchange servers'),
  row('XEXCH50', null, 'data of a message that only Exchange servers exchange'),
  row('X-LINK2STATE', null, 'routing information between old Exchange servers'),
  row('XRDST', null, 'Exchange servers tell each other where a message goes'),
  row('X-ANONYMOUSTLS', null, 'encryption between Exchange servers of one organisation'),
  row('XSHADOW', null, 'a second copy of each message is kept until it is delivered (Exchange)'),
  row('XSHADOWREQUEST', null, 'a second copy of each message is kept until it is delivered (Exchange)'),
  row('XOORG', null, 'the name of the organisation goes with the message (Exchange)'),
  row('XACK', null, 'a reply may wait until the message is safe (Exchange)'),
  row('XVERP', null, 'each recipient may get a return address of its own (Postfix)'),
  row('VERP', null, 'each recipient may get a return address of its own'),
  row('PIPECONNECT', null, 'a client that was here before may send its first commands without waiting (Exim)'),
  row('PRDR', null, 'each recipient gets an answer of its own behind the message'),
  row('TURN', 'RFC 821', 'client and server would change places; given up as unsafe'),
  row('SEND', 'RFC 821', 'to a terminal in place of a mailbox; given up'),
  row('SOML', 'RFC 821', 'to a terminal or a mailbox; given up'),
  row('SAML', 'RFC 821', 'to a terminal and a mailbox; given up'),
  row('VERB', null, 'the server tells in detail what it does (Sendmail)'),
  row('ONEX', null, 'one message in a session (Sendmail); given up'),
]

const BY_KEYWORD = new Map(EXTENSIONS.map(extension => [extension.keyword, extension]))
