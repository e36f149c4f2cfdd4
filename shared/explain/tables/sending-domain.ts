import { HINT, LIKELY, MAYBE, SURE, type Table } from '#shared/explain/row.ts'

/** What receivers say about the domain that sends. */
export const SENDING_DOMAIN: Table = {
  sources: [
    'https://www.rfc-editor.org/rfc/rfc7208',
    'https://www.rfc-editor.org/rfc/rfc7372',
    'https://www.rfc-editor.org/rfc/rfc6376',
    'https://www.rfc-editor.org/rfc/rfc8461',
    'https://www.rfc-editor.org/rfc/rfc7489',
  ],
  rows: [
    [
      'policy-dkim-fail',
      SURE,
      `
      dkim does not pass | dkim authentication didn't pass | dkim fail | dkim=fail | dkim=neutral |
      dkim=permerror | dkim=temperror | dkim verification | dkim signature | dkim check | dkim validation | body
      hash did not verify | signature did not verify | body has been altered | message has been altered | bad
      signature | no valid dkim | not dkim | no key for signature | invalid dkim | dkim unauthenticated |
      signature verification failed | dkim … did not verify | message has no dkim | missing dkim | dkim … invalid
      | dkim … not valid | dkim key | dkim record | dkim-signature … fail | body hash | dkim … permerror | public
      key … dkim | dkim selector
      `,
    ],
    [
      'policy-dkim-fail',
      LIKELY,
      `
      dkim .. {fail, reject, not pass, n't pass, invalid, permerror, mismatch, not verif, missing, bad signature}
      | {no, missing, without, lacks} .. dkim | no passing dkim
      `,
    ],
    [
      'policy-dkim-fail',
      MAYBE,
      `
      signature … invalid | dkim … error | dkim … neutral | dkim … did not pass | dkim … not pass | dkim … fail
      `,
    ],
    ['policy-dkim-fail', HINT, `dkim`],
    [
      'policy-dmarc-fail',
      SURE,
      `
      dmarc | isn't aligned with either | identifier alignment | does not meet the required authentication level
      | required authentication level | domain-based message authentication | unauthenticated email from … is not
      accepted | domain owner … policy … reject | unauthenticated mail … domain | 5.7.26 unauthenticated email |
      dmarc … reject | domain owner's policy | domain owner policy | p=reject | p=quarantine
      `,
    ],
    [
      'policy-dmarc-fail',
      LIKELY,
      `
      alignment | not aligned | domain's policy | does not pass authentication | unauthenticated email
      `,
    ],
    [
      'policy-from-header',
      SURE,
      `
      in the from: header | no from: header | missing from header | missing from: header | from: header missing |
      from header is missing | no from header | multiple from | from header … not valid | from: header is invalid
      | invalid from header | invalid from: header | malformed from | from header … multiple | from: header
      address | more than one from | section 3.6.2 | header from … invalid | empty from header | spoofed from |
      display name … spoof | from header field | from header syntax | friendly from | multiple addresses in from
      | impersonating gmail | header sender address | from address … multiple | from header … missing | missing
      or invalid from | from: header … missing | from header … invalid | invalid 'from' | one valid address in
      from | header from … address | multiple senders | multiple addresses in the from | duplicate from | {from
      header, from: header, header from, from field, 'from' header, from: field} .. {missing, invalid, empty, no
      address, not valid, malformed, multiple, comply, syntax, required, not contain, contains no, more than,
      spoof, absent} | "from" header .. {missing, invalid, empty, not valid, malformed} | {missing, no} {'from',
      "from"} {field, header} | {blank, empty, missing, no} from: {address, addresses, header, headers}
      `,
    ],
    [
      'policy-from-header',
      LIKELY,
      `
      {no, two, several, multiple, missing, without} .. {from line, from:, from field, from header}
      `,
    ],
    [
      'policy-from-header',
      MAYBE,
      `
      from field | from: header | rfc5322.from | 'from' header | "from" header
      `,
    ],
    [
      'policy-spf-fail',
      SURE,
      `
      sender policy framework | spf record | spf fail | spf check | spf validation | spf authentication | spf
      hard fail | spf hardfail | spf softfail | spf: fail | spf=fail | spf=softfail | spf=permerror | spf
      permerror | spf error | spf mismatch | spf unauthorized | spf violation | spf reject | spf policy | spf
      settings | spf result | spf does not | spf … not pass | fails spf | failed spf | by spf | open-spf.org |
      openspf.org | openspf.net | either spf or dkim | is not allowed to send mail for | is not allowed to send
      from < | not allowed to send mail from … spf | not authorized to send mail for | not permitted sender |
      does not designate | not designated | please see http://www.openspf | too many dns lookups | spf blocked |
      not pass spf | violates spf | spf -all | not authorized by domain | no spf | spf lookup | spf mechanism |
      domain … does not authorize | violates its spf | is not authorized to use | not authorized to use | sender
      ip … not permitted | sender address forgery | fail (mail from) | domain owner discourages | not allowed by
      … spf | rejected by spf
      `,
    ],
    [
      'policy-spf-fail',
      LIKELY,
      `
      spf .. {fail, reject, not pass, n't pass, invalid, permerror, violation, mismatch, denied, deny, not
      authoriz, not permit, missing, forbid}
      `,
    ],
    ['policy-spf-fail', MAYBE, `spf ( | spf: | is not designated | not an authorized … for`],
    ['policy-spf-fail', HINT, `spf`],
    [
      'policy-tls-required-by-recipient',
      SURE,
      `
      tls required for rcpt domain | tls required by recipient | encryption required by recipient | wasn't sent
      over a tls connection | not sent over a tls | recipient domain requires tls | requires tls for | tls
      encryption required by recipient | recipient requires tls | mta-sts policy | sts policy | requiretls |
      mandatory tls | dane required | tlsa record | dane validation | tls is required for this recipient |
      inbound tls required | inbound mail … requires tls | without tls not accepted | tls required for |
      encrypted connection … recipient | plaintext … not accepted for | unencrypted … rejected by recipient | not
      sent over tls | no tls … rejected | not accept … without tls | requires … encrypted … delivery | tls not
      used | tls is mandatory | only accepts encrypted | must be sent over tls | must use tls to deliver |
      unencrypted mail | recipient … require … tls | tls required to send | domain requires … tls | sent …
      without tls | sts … enforce | validating … certificate … mta-sts | delivery … must be encrypted | tls is
      required by the recipient | recipient … requires tls | only {accepts, accept, takes} .. {encrypted, tls} |
      {encryption, tls} {needed, required} to deliver
      `,
    ],
    ['policy-tls-required-by-recipient', HINT, `encrypted | unencrypted`],
  ],
}
