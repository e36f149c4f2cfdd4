/*
 * Enhanced status codes (RFC 3463) and their meanings, from RFC 3463 section 3 and the IANA registry that RFC 5248
 * opened. The first number is how final it is; the other two are the subject and the detail.
 */

export type EnhancedMeaning = {
  readonly finality: 'success' | 'temporary' | 'permanent'
  readonly subject: string
  /** Null where the code is not registered: servers make up their own. */
  readonly detail: string | null
}

/** What a code such as `5.7.8` means; null when it is no such code. */
export function meaningOf(enhanced: string): EnhancedMeaning | null {
  const match = /^([245])\.(\d{1,3})\.(\d{1,3})$/.exec(enhanced)
  if (!match) return null
  const [, finality = '', subject = '', detail = ''] = match
  return {
    finality: finality === '2' ? 'success' : finality === '4' ? 'temporary' : 'permanent',
    subject: SUBJECTS.get(Number(subject)) ?? 'other',
    detail: DETAILS.get(`${Number(subject)}.${Number(detail)}`) ?? null,
  }
}

const SUBJECTS = new Map([
  [0, 'other'],
  [1, 'address'],
  [2, 'mailbox'],
  [3, 'mail system'],
  [4, 'network and routing'],
  [5, 'mail protocol'],
  [6, 'message content'],
  [7, 'security or policy'],
])

const DETAILS = new Map([
  ['1.0', 'something about an address'],
  ['1.1', 'the mailbox does not exist'],
  ['1.2', 'the domain of the address does not exist or takes no mail'],
  ['1.3', 'the address is not written correctly'],
  ['1.4', 'the address fits more than one mailbox'],
  ['1.5', 'the address is valid'],
  ['1.6', 'the mailbox has moved and left no new address'],
  ['1.7', 'the sender’s address is not written correctly'],
  ['1.8', 'the domain of the sender’s address does not exist or takes no mail'],
  ['1.9', 'the message went to a system that does not speak these protocols'],
  ['1.10', 'the recipient’s domain says that it takes no mail (null MX)'],
  ['2.0', 'something about the mailbox'],
  ['2.1', 'the mailbox is disabled'],
  ['2.2', 'the mailbox is full'],
  ['2.3', 'the message is longer than the mailbox takes'],
  ['2.4', 'the mailing list could not be expanded'],
  ['3.0', 'something about the mail system'],
  ['3.1', 'the mail system’s storage is full'],
  ['3.2', 'the system is not taking messages now'],
  ['3.3', 'the system cannot do what the message needs'],
  ['3.4', 'the message is too big for the system'],
  ['3.5', 'the system is configured wrongly'],
  ['3.6', 'the priority that was asked for was changed'],
  ['4.0', 'something about the network'],
  ['4.1', 'the other host did not answer'],
  ['4.2', 'the connection broke'],
  ['4.3', 'a directory or name server failed'],
  ['4.4', 'no route to the next host could be found'],
  ['4.5', 'the mail system is congested'],
  ['4.6', 'the message goes round in a loop'],
  ['4.7', 'the message was not delivered in time'],
  ['5.0', 'something about the protocol'],
  ['5.1', 'the command is unknown or not allowed now'],
  ['5.2', 'the command is not written correctly'],
  ['5.3', 'too many recipients'],
  ['5.4', 'a parameter of the command is wrong'],
  ['5.5', 'the protocol versions do not fit'],
  ['5.6', 'the sign-in exchange is longer than the server takes'],
  ['6.0', 'something about the content'],
  ['6.1', 'the content’s type is not supported'],
  ['6.2', 'the content must be converted, and that is forbidden'],
  ['6.3', 'the content must be converted, and that is not supported'],
  ['6.4', 'the content was converted with losses'],
  ['6.5', 'the content could not be converted'],
  ['6.6', 'the content is not available'],
  ['6.7', 'addresses outside ASCII are not allowed here'],
  ['6.8', 'a reply in UTF-8 is needed, and the client does not take one'],
  ['6.9', 'the headers need UTF-8, and the next server does not take that'],
  ['7.0', 'something about security or policy'],
  ['7.1', 'the server’s policy does not allow this delivery'],
  ['7.2', 'the sender may not write to this mailing list'],
  ['7.3', 'a secure message would have to be made insecure'],
  ['7.4', 'a security feature is not supported'],
  ['7.5', 'a message could not be decrypted or verified'],
  ['7.6', 'the encryption method is not supported'],
  ['7.7', 'the message was changed on its way'],
  ['7.8', 'the user name or password was not accepted'],
  ['7.9', 'the sign-in method is too weak'],
  ['7.10', 'encryption is needed'],
  ['7.11', 'this sign-in method needs encryption'],
  ['7.12', 'the password must be changed first'],
  ['7.13', 'the account is disabled'],
  ['7.14', 'a trust relationship is needed'],
  ['7.15', 'the priority is too low'],
  ['7.16', 'the message is too big for its priority'],
  ['7.17', 'the mailbox has another owner now'],
  ['7.18', 'the domain has another owner now'],
  ['7.19', 'the ownership of the mailbox cannot be checked'],
  ['7.20', 'no DKIM signature that passes'],
  ['7.21', 'no DKIM signature that is acceptable'],
  ['7.22', 'no valid DKIM signature of the author’s domain'],
  ['7.23', 'SPF says that this server may not send for the domain'],
  ['7.24', 'the SPF check met an error'],
  ['7.25', 'the address of the sending server has no confirmed name (reverse DNS)'],
  ['7.26', 'several sender checks failed together'],
  ['7.27', 'the sender’s domain says that it takes no mail (null MX)'],
  ['7.28', 'too much mail of the same kind'],
  ['7.29', 'the ARC chain does not verify'],
  ['7.30', 'the REQUIRETLS request cannot be met'],
])
