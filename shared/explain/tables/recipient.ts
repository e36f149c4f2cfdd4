import { HINT, LIKELY, MAYBE, SURE, type Table } from '#shared/explain/row.ts'

/** What servers say about the recipient address. */
export const RECIPIENT: Table = {
  sources: [
    'https://www.postfix.org/postconf.5.html',
    'https://www.exim.org/exim-html-current/doc/html/spec_html/',
    'https://www.rfc-editor.org/rfc/rfc3463',
    'https://learn.microsoft.com/exchange/troubleshoot/email-delivery/ndr/non-delivery-reports-in-exchange-online',
    'https://www.rfc-editor.org/rfc/rfc7505',
  ],
  rows: [
    [
      'recipient-domain-not-found',
      SURE,
      `
      find the recipient domain | host or domain name not found | recipient address rejected: domain not found |
      recipient domain not found | recipient domain must exist | recipient domain does not exist | null mx |
      nullmx | domain does not accept | domain name not found | no mx record | no mx for | no mx or a records |
      mx lookup failed | mail exchanger … does not exist | domain … has no mail exchangers | all relevant mx
      records point to non-existent hosts | unrouteable mail domain | an mx or srv record indicated no smtp
      service | name service error for | no mail host | dns domain … does not exist | bad destination mailbox
      address: domain | bad destination system address | invalid destination domain | couldn't find any host
      named | couldn't find any host by that name | couldn't find a mail exchanger | no route to domain | dns
      query failed | recipient's domain name | cannot find your recipient domain | illegal host/domain | unable
      to find … recipient domain | mx … not found | because the domain .. couldn't be found | 'mx' lookup of | nxdomain … recipient | null mx record | mx 0 . | domain … no
      mail | undeliverable domain | bad destination domain | unresolvable recipient domain | recipient … domain
      not found | recipient domain … not | non-existent domain … recipient | no mail exchanger | mail domain …
      does not | unable to resolve … mx | cannot resolve … domain | recipient mail server … not found | invalid
      recipient domain | destination server … not found | unknown mail domain | {recipient domain, recipient's
      domain, destination domain, domain of recipient, domain of the recipient, target domain} .. {not exist, n't
      exist, not found, unknown, not resolve, n't resolve, no mx, invalid, not accept mail, unroutable, unresolv,
      not be found, be found} | invalid dns mx | host unknown (name server
      `,
    ],
    [
      'recipient-domain-not-found',
      LIKELY,
      `
      records for the destination | destination domain … not found | domain … has no mx | does not accept mail
      (nullmx) | unable to route … domain
      `,
    ],
    [
      'recipient-domain-not-found',
      MAYBE,
      `
      5.1.2 | no mx | host … not found | unknown domain | invalid domain | 556 | no such domain | domain … not
      found | destination domain | domain … does not exist | host unknown | host not found | recipient's domain |
      domain not found | domain has no | does not accept mail | destination … does not exist | domain does not
      exist
      `,
    ],
    [
      'recipient-mailbox-full',
      SURE,
      `
      over quota | overquota | exceeded quota | exceeds quota | quota exceed | exceed the quota | quota full |
      mailbox full | mailbox is full | inbox is full | inbox full | mailfolder is full | mailbox has exceeded |
      exceeded storage | exceeded their storage | storage quota | out of storage space | mailbox quota | exceeded
      his quota | insufficient storage in mailbox | not enough storage space | not enough space in mailbox | no
      space left in mailbox | mail quota | mailbox size limit | mailbox exceeds allowed size | too many messages
      in mailbox | too many messages on this mailbox | account is full | space available to user | mail box full
      | delivery would exceed | mail data over quota | disk quota exceeded | out of quota | mailbox over |
      mailbox is over | boite pleine | full mailbox | user is over | insufficient mailbox storage | mailbox
      storage | not enough storage | recipient storage full | account is over quota | maildir over quota | over
      the maximum allowed quota | boite … pleine | postfach … voll | exceeding receiving limits | space has been
      used up | not enough space | enough space in | exceed maximum allowed storage | exceeded the local limit |
      casella piena | buzon lleno | storage full | out of disk space … mailbox | no space left … mailbox | too
      many messages .. {on the server, in mailbox, in the mailbox, in inbox, stored} | number of messages ..
      mailbox
      `,
    ],
    [
      'recipient-mailbox-full',
      LIKELY,
      `
      has reached … quota | exceeded the quota | user quota | buzon | quota exceeded | quota has been | does not
      have enough space | {mailbox, inbox, mail box, mailfolder, maildir, mail folder, mail store} .. {full,
      exceed, over quota, overquota, out of space, out of storage, used up, no space, too large} | {account,
      user, recipient} .. {is full, over quota, overquota, over its quota, over their quota, out of space, out of
      storage} | {not enough, no, insufficient, out of, lack of} {space, storage, room, disk space, storage
      space} .. {mailbox, user, account, recipient, inbox} | {quota, storage} .. {mailbox, inbox}
      `,
    ],
    [
      'recipient-mailbox-full',
      MAYBE,
      `
      is full | storage limit | maximum storage | mailbox size | has too many messages | disk quota
      `,
    ],
    [
      'recipient-syntax',
      SURE,
      `
      recipient address … not a valid rfc | bad recipient address syntax | bad recipient address | recipient
      address syntax | invalid recipient address | recipient address must contain a domain | recipient address
      rejected: need fully-qualified | malformed recipient | recipient syntax | syntax error in recipient | no
      recipients defined | no recipients specified | no recipients were | no recipient addresses | at least one
      recipient | at least one email address | recipient list is empty | rcpt to … syntax error | rcpt to: syntax
      | syntax error in rcpt | syntax error in parameters … rcpt | malformed address … rcpt | invalid address:
      (to) | missing recipient | to address may not be blank | domain missing or malformed | illegal address | bad address syntax | bad
      destination mailbox address syntax | addressexception | unqualified address | unqualified recipient |
      invalid address format | is not a valid email address | is not an rfc 2822 compliant | does not comply with
      addr-spec | does not comply with rfc 2822 | an email must have a | rcpt to .. invalid address |
      malformed … rcpt to | recipient … malformed | recipient … syntax | recipient address … invalid | rcpt …
      syntax error | invalid address … rcpt | without recipients | to address … required | illegal … recipient |
      illegal characters in … address | unable to parse … address | invalid recipients | empty recipient
      `,
    ],
    [
      'recipient-syntax',
      LIKELY,
      `
      {recipient, rcpt to, to address, forward-path} .. {syntax, malformed, fully-qualified, fully qualified,
      contain a domain, missing domain, illegal} | {syntax, syntax error, malformed} .. rcpt | missing final
      '@domain' | local address contains | domain contains | user address required
      `,
    ],
    [
      'recipient-syntax',
      MAYBE,
      `
      no recipient | not in the form required for an e-mail address | recipients … required | recipient … required | you must provide | provide at least one |
      invalid characters | unbalanced | 5.1.3 | rfc 5321 address | (to): | malformed address | syntax error in
      address | addresses … invalid | domain name required | address syntax | missing domain | mailbox name not
      allowed
      `,
    ],
    ['recipient-syntax', HINT, `invalid address | bad syntax`],
    [
      'recipient-unknown',
      SURE,
      `
      user unknown | unknown user | no such user | no such recipient | no such mailbox | no such address | no
      mailbox here by that name | no mailbox by that name | user not found | user does not exist | user doesn't
      exist | this user doesn't have | recipient not found | recipientnotfound | recipnotfound | recipient
      unknown | unknown recipient | recipient does not exist | recipient doesn't exist | recipient not exist |
      recipient no longer | mailbox not found | mailbox does not exist | mailbox doesn't exist | mailbox unknown
      | unknown mailbox | mailbox disabled | mailbox is disabled | mailbox is inactive | mailbox inactive |
      account does not exist | account that you tried to reach does not exist | account … does not exist |
      account that you tried to reach is | account not found | account has been disabled or discontinued |
      address does not exist | address doesn't exist | address unknown | unknown address | address not found |
      email address could not be found | address not present in directory | not a valid mailbox | recipient is
      invalid | recipient rejected: unknown | recipient address rejected: access denied | recipient address
      rejected: inactive | recipient address rejected: unverified | recipient address rejected: undeliverable |
      recipient address rejected: user | recipient address rejected: unknown | recipient address rejected: no
      such | recipient address rejected: this | user is not known | not a known user | is not a known | not our
      customer | unrouteable address | unroutable address | is not valid at this domain | unknown local part |
      unknown local-part | mailbox has moved | user has moved | inactive user | inactive recipient | user
      inactive | recipient verify failed | could not verify recipient | recipient verification failed | can not
      find mailbox | user account is unavailable | dosn't exist | user … not exist | does not have an account
      here | not our user | recipient address has been disabled | non-existent user | addressee unknown | not
      found by smtp address lookup | no account by that name | can't verify recipient | unknown virtual | the
      recipient cannot be verified | not known here | no such local user | no such user here | no such email |
      email address does not exist | email account does not exist | is not a valid user | is not a valid mailbox
      | not a valid recipient | no such account | undeliverable address | user suspended | mailbox suspended |
      mailbox blocked | mailbox temporarily disabled | mailbox for … does not exist | unknown or illegal alias |
      recipient suspended | recipient disabled | account expired | account inactive | user has been deleted |
      does not have a mailbox | doesn't have a … account | user is unknown | utilisateur inconnu | adresse
      inconnue | boite du destinataire | unbekannter empf | recipient address rejected: mailbox | unknown account
      | destination address … unknown | user disabled: recipient | isn't a valid | could not deliver mail to this
      user | no one by that name | non existent | there is no one at this address | over-quota … disabled |
      delivery to … not allowed: unknown | dosen't exist | recipient … is unknown | 5.4.1 all recipient addresses
      rejected | recipient addresses rejected : access denied | mailbox by that name
      `,
    ],
    [
      'recipient-unknown',
      LIKELY,
      `
      mailbox invalid | invalid mailbox | no mail box | not a local address | badrcptto | was not found | is not
      an active address | no active address | destinataire invalide | destinatario … inexistente | no one at this
      address | not an active | mailbox … inactive | inactive mailbox | recipient not here | user not local | no
      local user | address not present | no longer works here | has left the company | {mailbox, user, account,
      recipient, addressee, alias, local part, inbox, recipient address, email address, customer} .. {not found,
      not exist, n't exist, unknown, not known, not be found, no longer on, no longer exist, no longer valid, no
      longer active, no longer available, inactive, disabled, deactivated, discontinued, is invalid, not valid,
      closed, deleted, removed, terminated, suspended, expired} | {unknown, no such, invalid, nonexistent,
      non-existent, inactive, disabled} {user, mailbox, recipient, account, alias, local part, customer, person}
      | not {one of our, a local, an existing, a current} {user, users, customer, customers, recipient, mailbox}
      | mailbox .. {frozen, blocked, locked, gone, cancelled, canceled} | {user, recipient, account} .. {gone,
      cancelled, canceled} | recipient {verify, verification, validation, validation check} .. fail | fail ..
      recipient {verification, validation} | {mailbox, account, user} is unavailable | unknown {e-mail address,
      email address, mail address} | not in route list
      `,
    ],
    [
      'recipient-unknown',
      MAYBE,
      `
      terminated | nonexistent | deactivated | is no longer available | no longer valid | not listed in | not in
      directory | invalid recipient | recipient invalid | no valid recipients | all recipients were rejected | no
      such person | this address no longer | mailbox unavailable | mailbox is unavailable | mailbox not available
      | no longer accepts mail | 550 <… not found | rcpt … not found | recipient … invalid | mailbox ..
      unavailable
      `,
    ],
    [
      'recipient-unknown',
      HINT,
      `
      recipient address rejected | recipients failed | recipient rejected | smtprecipientsrefused |
      recipientsrefused | address rejected | bad address | who are you | mailaddress | recipient is not | could
      not be found | destinatario | recipient not accepted | no mailbox | does not like recipient
      `,
    ],
    [
      'relay-denied',
      LIKELY,
      `
      not allowed to send mail to | not permitted to relay | may not relay | will not relay | not configured to
      relay | is not a local domain | not hosted here | we do not relay | no relaying | relaying is denied |
      relay prohibited | relay not allowed | relaying not allowed | non-local recipient
      `,
    ],
  ],
}
