/*
 * People paste whole transcripts and configuration files. What looks like a secret is replaced before the text is looked
 * at, so it can reach no finding, report or history. Each expression runs in linear time: no nested repetition, and every
 * repetition ends at a character that it cannot match itself.
 */

const MASK = '***'

const SECRETS: readonly RegExp[] = [
  // AUTH PLAIN <initial response> (RFC 4954 section 4), also as swaks, curl and nodemailer show it. The words that may
  // follow in an error text ("AUTH PLAIN failed") are shorter than any response or not base64.
  /(\b[Aa][Uu][Tt][Hh] (?:PLAIN|LOGIN|XOAUTH2|OAUTHBEARER|EXTERNAL|CRAM-MD5|NTLM|SCRAM-SHA-\d{1,3}(?:-PLUS)?) )(?=\S{0,4000}[A-Z0-9=])[A-Za-z0-9+/=]{8,4000}/g,
  // smtp://user:password@host
  /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/'"]{0,200}:)[^\s@'"]{1,200}(?=@)/gi,
  // password = "…", 'pass': '…', SMTP_PASSWORD=…, api_key: …, client_secret … A bare word behind a blank is a sentence.
  /(\b[\w.-]{0,40}(?:passw(?:or)?d|passwd|passphrase|pass|pwd|secret|api[_-]?key|token)['"]?\s{0,3}(?:[:=]|=>)\s{0,3})(?!undefined|null|true|false|\*{3})(?:"[^"\n]{0,400}"|'[^'\n]{0,400}'|[^\s,;&'")}\]]{1,400})/gi,
  // msmtp and netrc files
  /^([ \t]{0,20}password[ \t]{1,20})(?:"[^"\n]{0,400}"|\S{1,400})[ \t]{0,20}$/gm,
  // swaks --auth-password x, -ap x; curl --user name:password
  /(--auth-password[ =]|\s-ap |--pass(?:word)?[ =])\S{1,200}/g,
  /((?:--user|-u) ['"]?[^\s:'"]{1,200}:)[^\s'"]{1,200}/g,
  /(\bauthorization['"]?: ?['"]?(?:bearer|basic) )[\w.~+/=-]{1,4000}/gi,
  /(\bbearer )[\w.~+/=-]{20,4000}/gi,
]

/**
 * Tokens that are secrets by their shape: JSON web tokens, Google, SendGrid, Brevo, Resend, Mailgun, Postmark. The same
 * shape has what a server says of a token that it refuses, `{"status":…` (RFC 7628 section 3.2.2): no secret, but a reason.
 */
const TOKENS =
  /\b(?:eyJ(?!zdGF0dXMi)[\w-]{10,4000}(?:\.[\w-]{0,4000}){0,2}|ya29\.[\w-]{10,4000}|1\/\/0[\w-]{20,400}|SG\.[\w-]{10,100}\.[\w-]{10,100}|xsmtpsib-[\w-]{10,200}|xkeysib-[\w-]{10,200}|re_[A-Za-z0-9]{8,}_[A-Za-z0-9]{8,}|key-[0-9a-f]{32})/g

/** What a client says after a 334 challenge is the user name, the password or a proof of it. */
const CHALLENGED = /^(\W{0,6}(?:[a-z]{1,8}[:>]{1,2})?[ \t]*)[A-Za-z0-9+/]{4,}={0,2}[ \t]*$/i
const CHALLENGE = /(?:^|[^\d])334(?:[ -]|$)/

export function maskSecrets(text: string): string {
  const lines = text.split('\n')
  const masked = lines.map((line, index) => {
    const challenged = CHALLENGE.test(lines[index - 1] ?? '')
    return challenged ? line.replace(CHALLENGED, `$1${MASK}`) : line
  })
  return SECRETS.reduce((rest, secret) => rest.replace(secret, `$1${MASK}`), masked.join('\n')).replace(TOKENS, MASK)
}
