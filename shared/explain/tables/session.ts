import { HINT, LIKELY, MAYBE, SURE, type Table } from '#shared/explain/row.ts'

/** What servers say about the name in EHLO, relaying and extensions. */
export const SESSION: Table = {
  sources: [
    'https://www.postfix.org/postconf.5.html',
    'https://www.exim.org/exim-html-current/doc/html/spec_html/',
    'https://www.rfc-editor.org/rfc/rfc3461',
    'https://www.rfc-editor.org/rfc/rfc6531',
  ],
  rows: [
    [
      'dsn-unsupported',
      SURE,
      `
      ret parameter | notify parameter | bad notify | invalid notify | unsupported option: notify | unsupported
      option: ret | unsupported parameter: notify | dsn not supported | does not support dsn | delivery status
      notification … not supported | dsn extension | dsn support has been disabled | invalid parameter … notify |
      unsupported … notify | notify … not supported | notify … unsupported | unknown parameter … ret | unknown
      parameter … notify | unrecognized parameter … notify | unrecognized parameter … ret | parameter … envid |
      envid … not | bad parameter … notify | dsn … not supported | dsn … unsupported | dsn is not supported | dsn
      not available | notify … syntax | delivery receipt … not supported | notify … 501 | notify … 555 | notify …
      504 | syntax: notify | syntax: ret | syntax: envid
      `,
    ],
    [
      'dsn-unsupported',
      LIKELY,
      `
      unsupported option | 5.5.4 unsupported option | ret … not supported | ret … unrecognized | not support any
      rcpt | not support any mail | rcpt to parameters | mail from parameters | unrecognized parameter |
      parameter … not supported | unsupported parameter | {notify=, ret=, envid=, orcpt=} .. {not supported,
      unsupported, unrecognized, unknown, invalid, not implemented, syntax} | notify not
      `,
    ],
    ['dsn-unsupported', HINT, `envid | notify= | ret=full | ret=hdrs | orcpt=`],
    [
      'helo-name-rejected',
      SURE,
      `
      helo command rejected | ehlo command rejected | helo/ehlo argument | helo argument | ehlo argument |
      invalid helo | invalid ehlo | bad helo | helo invalid | bad ehlo | helo name | ehlo name | helo hostname |
      helo host | ehlo host | ehlo domain | helo domain | helo rejected | ehlo rejected | your helo | your ehlo |
      helo/ehlo | ehlo/helo | syntactically invalid helo | syntactically invalid ehlo | invalid domain name in
      helo | requires domain address | requires valid address | need fully-qualified hostname | need fully
      qualified hostname | helo is not | helo should | helo must | ehlo must | ehlo should | helo greeting |
      invalid hostname | invalid host name | polite people say hello | faked helo | forged helo | impersonat |
      helo does not match | helo … does not resolve | helo … not resolve | in helo | in ehlo | ehlo command …
      invalid | ehlo … invalid | helo … invalid | invalid … ehlo | hostname … not fully | not a fully qualified |
      non-fully-qualified | bad hostname | helo … localhost | (ehlo) … closing | introduce yourself | heloname |
      domain literal … not | need a valid hostname | helo is invalid | helo mismatch | mismatch … helo | helo …
      spoof | ehlo … rejected | helo … rejected | client hostname … not
      `,
    ],
    [
      'helo-name-rejected',
      LIKELY,
      `
      {helo, ehlo} .. {rejected, invalid, not valid, illegal, refused, requires, fully-qualified, fully
      qualified, fqdn, not resolve, host not found, forged, mismatch, not match, bogus, must have, no dot} | host
      names have more than one dns label
      `,
    ],
    [
      'helo-name-rejected',
      HINT,
      `
      helo command | ehlo localhost | helo localhost | ehlo … 127.0.0.1 | your hostname | your host name | your
      server name | helo: | ehlo: | helo- | fqdn | hostname is invalid | host name is invalid | identify itself |
      identifies itself | invalid domain name | calls itself | call yourself | its own name | introduces itself |
      you are not me | not localhost
      `,
    ],
    [
      'protocol-smtputf8-unsupported',
      SURE,
      `
      internationalized email | internationalised email | internationalized address | non-ascii address |
      non-ascii characters in … address | non-ascii addresses | eai not supported | utf-8 address | utf8 address
      | unicode addresses | invalid utf-8 in address | local part contains non-ascii | does not support
      internationalized | smtputf8 is required | smtputf8 required | requires smtputf8 | smtputf8 … not supported
      | smtputf8 not | smtputf8 is not | not support smtputf8 | smtputf8 support | without smtputf8 | smtputf8 …
      not offered | smtputf8 extension | smtputf8 … unsupported | non-ascii … local | 8bit … address | utf8smtp
      `,
    ],
    ['protocol-smtputf8-unsupported', HINT, `smtputf8`],
    [
      'relay-denied',
      SURE,
      `
      relay access denied | relaying denied | relay denied | relay not permitted | relaying not permitted | relay
      not allowed | relaying not allowed | relaying is not allowed | relay is not allowed | not permitted to
      relay | not allowed to relay | unable to relay | cannot relay | refuse to relay | refused to relay | we do
      not relay | we don't relay | do not relay | relaying prohibited | relay prohibited | relaying temporarily
      denied | relaying attempt | no relaying | not an open relay | relaying mail to | relay operation | relay
      rejected | isn't in my list of allowed rcpthosts | isn't in my rcpthosts | allowed rcpthosts | not relayed
      | relaying blocked | authentication is required for relay | invalid credentials for relay |
      tenantattribution | tenantinboundattribution | non-accepted domain | mail relay denied | mail relaying | i
      cannot relay | this server is not configured to relay | domain not hosted here | not hosted here | not
      accepting mail for | does not accept mail for this domain | no such domain here | no such domain at this
      location | unrouteable domain here | mail to … not allowed from | unauthorized relay | will not relay |
      third-party relay | must be authenticated to relay | unable to relay for | cannot relay for | relaying is
      prohibited | relay forbidden | relaying forbidden | relay: access denied | relay authorization | no
      permission to relay | to relay through | relay through this | relay for you | domain isn't allowed to be
      relayed | that domain isn't in my list | domain is not in my list | not in my list of allowed | not allowed
      to send to external | must be delivered to … local | we do not accept mail for | refusing to relay | not
      our domain | not in whitelist for rcpt | is not handled here | email domain is not hosted | mailbox …
      unroutable relay | not a gateway | no third-party | local policy prohibits relay | permitted to relay |
      authorized to relay | relay host … not permitted | i cannot deliver mail for
      `,
    ],
    [
      'relay-denied',
      LIKELY,
      `
      {relay is, relay not, relay was, relay attempt, relay request, relaying} .. {denied, not allowed, not
      permitted, not authorized, not authorised, prohibited, refused, rejected, forbidden, disallowed,
      unauthorized} | {not allowed to, not permitted to, not authorized to, not authorised to, not configured to,
      unable to, cannot, can't, do not, don't, will not, won't, refuse to, refusing to, may not} .. {relay ,
      relaying} | send .. {outside, external, foreign} {domain, domains, host, hosts, address, addresses,
      recipient, recipients} | {do not, don't, does not, doesn't} {handle, host, accept} mail for | not forward
      mail
      `,
    ],
    [
      'relay-denied',
      MAYBE,
      `
      is not local | no relay | open relay | not a valid relay | as a relay | not a local domain | relay attempt
      | recipient domain not accepted | relaying mail | allow relay | relay access | relaying to | ip not in
      whitelist
      `,
    ],
    ['relay-denied', HINT, `relay | not permitted to send`],
  ],
}
