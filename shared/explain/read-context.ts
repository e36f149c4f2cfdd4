import type { Circumstances } from '#shared/explain/classify.ts'
import type { Stage } from '#shared/explain/stage.ts'

/** How programs say what they were doing. The first that occurs decides. */
const DOING: readonly (readonly [said: RegExp, stage: Stage])[] = [
  [
    /in reply to (?:the )?(?:end of )?DATA|after (?:pipelined )?end of data|after DATA|DATA command|SMTPDataError/i,
    'data',
  ],
  [
    /in reply to RCPT TO|after RCPT TO|following recipients? failed|rcpt(?:_to)? command|SMTPAddressFailed|RecipientsRefused/i,
    'rcpt',
  ],
  [/in reply to MAIL FROM|after MAIL FROM|following from address failed|SenderRefused/i, 'mail'],
  [/in reply to (?:EHLO|HELO)|after (?:EHLO|HELO)|\((?:EHLO|HELO)\)/i, 'ehlo'],
  [/in reply to STARTTLS|after STARTTLS|command: ?['"]STARTTLS/i, 'starttls'],
  [/command: ?['"]AUTH|invalid login|SASL authentication failed|AuthenticationFailed/i, 'auth'],
  [/refused to talk to me|while receiving the initial server greeting/i, 'greeting'],
]

// A bare `:25` counts behind a name, a bracket or an IPv4 address: elsewhere it is a time or the end of an IPv6 address.
const PORT =
  /(?:\b|_)port['"]?(?: number)? ?[:=]? ?['"]?(\d{2,5})\b|(?:[\w\])](?<!\d)|\d\.\d{1,3}):(25|465|587|2465|2525|2587)\b(?!\])/i
const SECURE = /\bsecure['"]?\s?[:=]\s?['"]?(true|false)/i
/** As Django, Rails, Discourse and JavaMail name these settings. */
// JavaMail's trace says `isSSL true`.
const TLS_SET = /(?:isssl true\b|(?:use_ssl|smtp_tls|force_tls|smtp\.ssl\.enable)['"]?\s?[:=]\s?['"]?true\b)/i
const STARTTLS_SET = /(?:use_tls|starttls(?:_auto)?|smtp\.starttls\.enable)['"]?\s?[:=]\s?['"]?true\b/i
const HOST = /(?:\b|_)host(?:name)?['"]?\s?[:=]\s?['"]?((?:[\w-]{1,63}\.){1,8}[a-z]{2,24})\b/i
// Not the class of a stack trace, which has a package before it or a method behind it.
const KNOWN_HOST =
  /(?<![-.\w/@])(smtp[\w-]{0,40}\.(?:[\w-]{1,63}\.){1,4}[a-z]{2,24}(?![\w($]|\.\w)|email-smtp\.[\w-]{4,30}\.amazonaws\.com)\b/i

/** What the text itself gives away about the session, where the caller did not say. */
export function readContext(text: string, told: Circumstances): Circumstances {
  const port = told.port ?? portIn(text)
  return {
    stage: told.stage ?? DOING.find(([said]) => said.test(text))?.[1] ?? null,
    host: told.host ?? HOST.exec(text)?.[1] ?? KNOWN_HOST.exec(text)?.[1] ?? null,
    port,
    security: told.security ?? securityIn(text, port),
  }
}

function portIn(text: string): number | null {
  const found = PORT.exec(text)
  const port = Number(found?.[1] ?? found?.[2] ?? Number.NaN)
  return port > 0 && port < 65_536 ? port : null
}

// nodemailer's `secure` means TLS from the start; `false` still allows STARTTLS.
function securityIn(text: string, port: number | null): Circumstances['security'] {
  const secure = SECURE.exec(text)?.[1]?.toLowerCase()
  if (secure === 'true' || TLS_SET.test(text)) return 'tls'
  if (STARTTLS_SET.test(text)) return 'starttls'
  return secure === 'false' && port !== 25 ? 'starttls' : null
}
