import { HINT, LIKELY, MAYBE, SURE, type Table } from '#shared/explain/row.ts'

/** What servers say about the sender address. */
export const SENDER: Table = {
  sources: [
    'https://www.postfix.org/postconf.5.html',
    'https://www.exim.org/exim-html-current/doc/html/spec_html/',
    'https://www.rfc-editor.org/rfc/rfc3463',
    'https://learn.microsoft.com/exchange/troubleshoot/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  ],
  rows: [
    [
      'sender-domain-not-found',
      SURE,
      `
      sender address rejected: domain not found | domain of sender address | sender verify failed | could not
      complete sender verify callout | sender domain not found | sender domain does not exist | sender domain
      must exist | sender domain … does not resolve | sender domain … no mx | sender address … domain not found |
      sender address … does not exist | sender address rejected: unverified address | sender address rejected:
      undeliverable address | sender address rejected: malformed dns | sender address rejected: null mx | sender
      domain … not found | unresolvable sender domain | cannot resolve sender | unable to resolve sender |
      invalid sender domain | sender address has null mx | no valid dns … sender | mail from domain does not
      exist | from domain does not exist | your domain does not exist | dns records … mail from | mail from … not
      exist | domain of mail sender | verification of sender failed | envelope sender's domain | return path …
      not exist | sender rejected: domain | sender does not exist | mail server … for sender domain | need valid
      sender domain | sender address rejected: domain | sender domain … not exist | sender domain … cannot be
      resolved | sender … domain … not exist | mail from domain … no | no mx … sender | domain of the sender |
      sender domain … invalid | invalid domain … sender | return address … not exist | cannot verify sender |
      verification failed for < | sender callout | sender address verification | sender address could not be
      verified | unrouteable address … sender | invalid host name … sender | unroutable sender | mail from …
      domain … not | sender domain unknown | from domain … not resolve | valid sender domain | not a real domain
      | {sender domain, sender's domain, domain of sender, domain of your sender, domain of the sender, mail from
      domain, return path domain, originating domain} .. {not exist, n't exist, not found, not resolv, n't
      resolv, no mx, no a , not have a, invalid, unresolv, unknown, not be found, not valid, bogus, nxdomain, not
      a real} | {cannot, can't, could not, unable to, not} resolve .. {return address, sender, from address, mail
      from} | {envelope domain, return address} .. {not exist, n't exist, not found, not resolv} | {postmaster,
      sender, return path, return address} verification failed
      `,
    ],
    [
      'sender-domain-not-found',
      LIKELY,
      `
      sender domain is empty | sender's domain … not | domain of sender … not | unresolvable sender | sender …
      unresolvable | sender … no mx | {mx record, a record, dns record, mx or a, a or mx} .. sender | sender ..
      domain .. {not exist, n't exist, not found, not resolv, n't resolv, no mx, unresolv, nxdomain} | callback
      setup failed while verifying | sender verification failed | domain must resolve
      `,
    ],
    [
      'sender-domain-not-found',
      MAYBE,
      `
      sender verification | sender's domain | sender domain must | sender domain is not | 5.1.8 | domain of
      sender | bogus … sender | mx of … sender | envelope from … domain | verify sender
      `,
    ],
    [
      'sender-not-allowed-for-user',
      SURE,
      `
      not owned by user | not owned by auth user | not owned by | does not have permissions to send as | not
      allowed to send as | sendasdenied | send as denied | not permitted to send as | no permission to send as |
      sender is not allowed to relay emails | not authorized to send on behalf | not allowed to send on behalf |
      not permitted to send from this | sender address must match | from address must match | must match
      authenticated | must match the authenticated | must be same as authorization user | mail from must equal |
      mail from address must be same | not same as | sender is not same | sender address does not match | sender
      does not match | from address is not one of your | is not one of your addresses | use this sender address |
      is not allowed to send from | cannot send from this address | not allowed to send mail from | not allowed
      to use this sender | not allowed to use the sender | sender address is not allowed | sender address not
      allowed | sender not allowed | sender address not permitted | not your address | not belong to your |
      unauthorized sender address | sender is not authorized | sender not authorized | sender unauthorized |
      unregistered domain | sender verification failed for authenticated | authenticated sender | envelope sender
      … not match | identity of the sender | not an alias of | not authorized to send as | not authorised to send
      | spoofing not allowed | mailbox and sender | sender forged | sender address rejected: not logged in |
      sender address rejected: access denied | not allowed to use … as | sender … not allowed for | not allowed
      as sender | not permitted as sender | from address … not allowed | use your own address | sender mismatch |
      from … does not match … login | sender … must match | from … must match | mail from … must match | is not
      identical | authentication id … sender | not authorised to use | not authorized to use sender | envelope
      sender … authenticated | sender does not match … account | sender ownership | identity not allowed | mail
      from command failed … not allowed | not allowed to send from | 5.7.60 | cannot send on behalf | send-as |
      not allowed to send as … from | {sender, mail from, from address, sender address, envelope sender,
      return-path, from header} .. {not owned, not allowed, not permitted, not authorized, not authorised, must
      match, not match, n't match, be the same, be same, mismatch, not belong, differs, different from, not your}
      .. {user, login, account, authenticated, authorization, authentication} | {not allowed, not permitted, not
      authorized, not authorised, no permission, permission, denied, cannot} {to send as, to send on behalf, to
      send from, to send mail as, to send mail from, to send email as, to send email from, to use this sender, to
      use this from, to use the sender, to use the from} | {cannot, can't, may not, not allowed to, must not}
      send {mail as, email as, messages as, as} | from .. must be one of | {originator, originator address} ..
      not match | recipient address rejected: {user, username, login} .. sender {doesn't, does not} match
      `,
    ],
    [
      'sender-not-allowed-for-user',
      LIKELY,
      `
      must be same as authorization | same as auth | from address … authenticated user | not authorized to send
      from | not authorised to send as | not authorized to use … from | sender not permitted | may not send as |
      may only send from | only send as | authenticated user may only | {authenticated as, logged in as, signed
      in as} .. {sender, send , from}
      `,
    ],
    [
      'sender-not-allowed-for-user',
      MAYBE,
      `
      send as | on behalf of | no identity | does not belong to | the sender address is not | authenticated user
      … not | must be the same as | wrong sender | you are not allowed to use | sender … is not authorized |
      {sender, from address, mail from, sender address} .. {not allowed, not permitted, not authorized, not
      authorised} | sender denied | delivery not authorized
      `,
    ],
    [
      'sender-not-verified',
      SURE,
      `
      verified sender identity | not a verified sender | verified senders page | sender domain not verified |
      sender not verified | sender address not verified | sender is not verified | sender address is not verified
      | email address is not verified | domain is not verified | domain not verified | mail from domain is not
      verified | unverified sender | unverified domain | sender signature | not authorized to send from that
      email address | sender is not valid | sender you used | sender email is not valid | from address is not
      verified | from address not verified | from domain is not verified | not a verified | verify a domain |
      sender identity | the from address you supplied | unconfirmed sender | sending domain is not configured |
      unconfigured sending domain | sending domain not found | sending domain … not verified | invalid from
      domain | sender domain is not registered | sender address is not registered | not registered sender |
      approved sender | is not an approved | has not been verified | is not confirmed | not allowed to send from
      this domain | sender domain … not allowed | domain … must be verified | identity … not verified | sender …
      not verified | domain has not been … verified | sending … from an unverified | email from … not allowed …
      sender | not an allowed sender | sender … unauthorized | {domain, sender} .. {not authenticated, not been
      authenticated}
      `,
    ],
    [
      'sender-not-verified',
      LIKELY,
      `
      {sender, from address, from domain, domain, identity, sender address} .. {not verified, unverified, not
      been verified, not confirmed, not validated, not registered, not approved} | {from address, sender, sending
      domain} .. {confirmed senders, verified senders, approved senders, registered senders}
      `,
    ],
    [
      'sender-not-verified',
      MAYBE,
      `
      not verified | unverified | sender … verified | verify your | please verify your | verified sender |
      verified domain | sending domain | must be verified | needs to be verified | unauthorized sender |
      unconfirmed | valid from address | domain not allowed | domain is not allowed | domain … is not allowed to
      send
      `,
    ],
    ['sender-not-verified', HINT, `403`],
    [
      'sender-syntax',
      SURE,
      `
      sender address rejected: need fully-qualified | sender address … not a valid rfc | bad sender address
      syntax | bad sender address | sender address syntax | invalid sender address | invalid sender | sender
      address must contain a domain | sender address is invalid | invalid mail from | blank sender | empty sender
      | empty envelope sender | null sender | malformed sender | sender malformed | invalid return path |
      malformed address … mail from | syntax error in mail from | mail from … syntax error | mail from: syntax |
      mail from … domain name required | domain name required for sender address | invalid syntax … mail from |
      invalid from address | invalid address in 'from' | invalid address: (from) | missing from address | no from
      address | improper use of 8-bit data in message header … from |
      from: address is not valid | invalid sender specified | addresses in from must | mail from: command
      parameter | unqualified sender | 501 … mail from | mail from … 501 | 555 5.5.2 syntax error … mail | syntax
      error … mail from | invalid … mail from | malformed … mail from | missing … sender | need mail from | from
      address is required | from address .. required | from address … empty | no mail from | <> … sender | blank
      senders | empty from | address … required … from | from is invalid | sender address … invalid | sender
      address … syntax | sender … malformed | sender is empty | domain missing … sender | sender … domain
      required
      `,
    ],
    [
      'sender-syntax',
      LIKELY,
      `
      null sender is not allowed | fully qualified email address required | fully-qualified email | sender …
      syntax | sender address … malformed | mail from … syntax | {sender, mail from, from address, reverse-path,
      return path} .. {syntax, malformed, fully-qualified, fully qualified, contain a domain, missing domain,
      domain required, is empty, is blank, illegal} | must be a fully qualified address | {envelope sender,
      sender, reverse-path, return path} .. {be empty, missing} | {user name, local part} is missing
      `,
    ],
    [
      'sender-syntax',
      MAYBE,
      `
      no sender | sender required | sender … required | setfrom | 5.1.7 | mail from:<> | sender address must |
      mail from … invalid | blank from | from … not a valid | root@localhost | sender is not valid | (from): |
      555 5.5.2 syntax error
      `,
    ],
    [
      'sender-syntax',
      HINT,
      `
      {sender, sender address} .. too long | the following from address failed
      `,
    ],
  ],
}
