import { HINT, LIKELY, MAYBE, SURE, type Table } from '#shared/explain/row.ts'

/** What servers say about the message itself. */
export const MESSAGE: Table = {
  sources: [
    'https://www.rfc-editor.org/rfc/rfc1870',
    'https://www.rfc-editor.org/rfc/rfc5322',
    'https://spamassassin.apache.org/',
    'https://rspamd.com/doc/',
    'https://www.postfix.org/postconf.5.html',
  ],
  rows: [
    [
      'content-malformed',
      SURE,
      `
      bare <lf> | bare lf | bare <cr> | bare cr | bare line feed | bare newline | bare linefeed | barelinefeeds |
      stray newline | missing a valid message-id | malformed message | message is malformed | malformed mime |
      malformed header | malformed. not accepted | not rfc 5322 compliant | not rfc 2822 compliant | not rfc 5322
      | rfc 5322 compliant | duplicate header | duplicate headers | multiple subject | multiple to headers |
      invalid header | header is missing | missing header | missing required header | missing date header |
      missing or invalid date | no date header | no to header | missing to: header | header syntax | header line
      too long | headers too long | line too long | lines longer than | lines too long | too long line | maximum
      allowed line length | improper use of 8-bit | non-ascii character | invalid content-transfer-encoding |
      invalid mime | bad mime | mime error | mime structure | mime parts | nul character | null character |
      invalid characters in header | smtp smuggling | syntax error in header | syntax error … message header |
      unacceptable header | bad header | header error | conversion … required | conversion is not | data format
      error | invalid message | failed to parse message | could not parse | lone cr | lone lf | missing end of
      header | rfcmessagenoncompliant | without a message-id | no message-id | missing
      message-id | lacks message-id | invalid message-id | bare carriage return | bare line feeds | barelf |
      illegal line ending | line terminat | lf without cr | header contains illegal | illegal header | header
      lines too | headers exceeding | malformed email | bad message structure | mime nesting | message contains
      bare | naked lf | eol characters | non-standard mime | fail syntax check | headers … syntax | non-ascii …
      header | 8-bit … header | line … too long | not rfc5322 | not rfc 2822 | violates rfc 5322 | header size
      exceeds | size of the .. header | header .. too large | headers too large | {no, missing, without, lacks}
      {date:, subject:, to:, message-id:, date, message-id, mime-version} header | {conform, comply, conforms,
      complies, conforming} .. {rfc, rfc2822, rfc5322} | not .. {conform, comply} .. rfc | subject .. {is
      mandatory, is required, is missing} | maximum line length | line length exceeded
      `,
    ],
    [
      'content-malformed',
      LIKELY,
      `
      message-id header | date header | invalid date | smtp protocol violation | line-ending | headers are
      missing | {header, headers, message-id, mime, boundary} .. {malformed, invalid, missing, duplicate,
      illegal, compliant, syntax, comply, conform, violat} | {line, lines} .. {too long, longer than} | {longer,
      longest, long} {line, lines} | {rfc 5322, rfc 2822, rfc5322, rfc2822, rfc 822, rfc822, 822.bis, 822bis} ..
      {compliant, comply, conform, violat, section} | violat .. {rfc 5322, rfc 2822, rfc5322, rfc2822, rfc 822,
      rfc822, 822.bis, 822bis} | smtplf
      `,
    ],
    [
      'content-malformed',
      MAYBE,
      `
      8bit | 8-bit | rfc5322 | message-id | message format | boundary | end-of-data | there are multiple | line
      length | {no, missing, lacks, without} .. {header, headers}
      `,
    ],
    ['content-malformed', HINT, `content-type`],
    [
      'content-rejected-spam',
      SURE,
      `
      unsolicited mail | unsolicited bulk | ube, | spam content | spam detected | spam score | classified as spam
      | considered spam | considered to be spam | identified as spam | detected as spam | looks like spam | looks
      spammy | appears to be spam | suspected spam | suspected to be spam | probable spam | rejected as spam |
      rejected for spam | blocked as spam | high probability of spam | spamassassin | contains spam | gtube |
      message content rejected | content rejected | content blocked | content not accepted | content filter |
      message content is not | rejected due to content | rejected because of content | rejected by content |
      offensive content | potential security issue | malware | phishing | trojan | dangerous attachment |
      attachment type | attachment is not allowed | file type … not allowed | attachments not allowed | banned
      file | banned filename | banned attachment | blocked attachment | prohibited attachment | bad link |
      suspicious url | url … listed | uribl | surbl | dbl.spamhaus | url in this | urls in this | contains a url
      | link in your message | links in your message | blocked by our content | this message has been identified
      | clamav | rspamd | gray listed … content | poor content | transaction failed spam | dt:spm | spmb |
      appears to be unsolicited | unacceptable content | banned content | message filtered | mass mailer | no
      spam please | spam points | url … blacklisted | blacklisted url | not accepted for policy reasons | bulk
      mail | virus found | contains a virus | infected with | {attachment, attachments, file type, file
      extension, executable} .. {not allowed, not permitted, blocked, prohibited, rejected, not accepted,
      illegal, banned, forbidden, dangerous, refused} | {illegal, banned, dangerous, prohibited, blocked,
      forbidden, suspicious} {attachment, file, extension} | {message, mail, email, content, body} .. {is spam,
      as spam, spam content, be spam, spam or, like spam, virus, malware, phishing, unsolicited} | {link, links,
      url, urls, uri} .. {blacklist, blocklist, blocked, listed} | content {restriction, restrictions, policy,
      violation, reasons} | blacklisted .. {file, extension, url, word} | {high risk, dangerous} file | due to
      its content | spam profile
      `,
    ],
    [
      'content-rejected-spam',
      LIKELY,
      `
      has a policy that prohibited the mail | due to {content, spam} | for policy reasons
      `,
    ],
    [
      'content-rejected-spam',
      MAYBE,
      `
      virus | infected | spam policy | spam filter | anti-spam | antispam | this message has been blocked | this
      message was blocked | message … spam | message refused by | message rejected due to | policy violation |
      ube | advertising | junk | scored | {zip, archive, archives, exe} .. {not, blocked} | policy restrictions |
      refused by local policy
      `,
    ],
    [
      'content-rejected-spam',
      HINT,
      `
      spam | as spam | is spam | executable | message contains | heuristics | spam message | mail rejected |
      message rejected | mail rejete
      `,
    ],
    [
      'message-too-large',
      SURE,
      `
      message size exceeds | exceeds fixed limit | exceeds size limit | exceeds the size limit | message too
      large | message too big | message is too large | message is too big | message larger than | message file
      too big | too large message | size exceeds | size limit exceeded | maximum message size | max message size
      | message length exceeds | exceeded maximum message | exceeds global size | larger than the current system
      limit | too much mail data | data size exceeds | attachment too large | attachment size |
      resultsizeexceeded | size declared | content too large | total attachments size | message_size_limit | this
      message is larger | message size limit | exceeded google … size | exceeds google | number of attachments |
      message too long | mail too large | mail is too large | mail too big | email too large | email is too large
      | message over size | message length limit | limit for message size | is too large to | exceeds … bytes |
      size of the message | size restrictions | size restriction | over the size | payload too large | maximum
      allowed size | message content too big | file too large | {message, mail, email, attachment, content, body}
      .. {too large, too big, exceeds size, larger than, exceeds the maximum size, exceeds maximum, exceeds the
      recipient's maximum} | message exceeds .. size | maximum {email, message, mail} size | exceeded {mailsize,
      message size, mail size} | {email, mail, message} size {exceed, reached} | {more than, exceeds, larger
      than, maximum of} .. bytes
      `,
    ],
    [
      'message-too-large',
      MAYBE,
      `
      mail size | message size | maximum size | size limit | size limits | larger than | exceeds maximum |
      exceeds the maximum | exceeded the maximum | max size
      `,
    ],
    [
      'policy-from-header',
      SURE,
      `
      does not have a from header | no from header | missing from header | without a from | from: domain is
      invalid | valid from: | {multiple, duplicate, several, more than one, two} {from:, from header} | from header … invalid | invalid from header | from header … missing | from address
      … header | multiple from headers | more than one from header | duplicate from header | two from headers
      `,
    ],
    [
      'protocol-smtputf8-unsupported',
      SURE,
      `
      unsupported option: smtputf8 | smtputf8 … not supported | smtputf8 unsupported
      `,
    ],
  ],
}
