import type { Greeting, NoReply } from '#shared/diagnosis/evidence.ts'
import type { Result } from '#shared/result.ts'
import { printReply } from '#shared/smtp/reply-text.ts'
import type { Reply } from '#shared/smtp/reply.ts'

type LooksLike = Extract<Greeting, { kind: 'not-smtp' }>['looksLike']

/** TLS record types alert (21) and handshake (22), and the major version 3 behind them (RFC 8446 section 5.1). */
export function isTlsRecord(begin: Buffer): boolean {
  return (begin[0] === 0x15 || begin[0] === 0x16) && (begin.length < 2 || begin[1] === 0x03)
}

const UNFINISHED = /^an unfinished line: (.*)$/s
const SMTP_BEGIN = /^[245](?:$|\d(?:$|\d(?:$|[ -])))/

/** What the server's first words were. */
export function greetingOf(read: Result<Reply, NoReply>, ms: number): Greeting {
  if (read.ok) {
    const { value: reply } = read
    if (isFtp(reply)) return { kind: 'not-smtp', looksLike: 'ftp', preview: printReply(reply).slice(0, 200), ms }
    if (reply.code >= 200 && reply.code <= 299) return { kind: 'ready', reply, ms }
    if (reply.code >= 400) return { kind: 'rejected', reply, ms }
    // RFC 5321 section 4.3.2: a session begins with 220 or with a refusal; nothing in the 300s is either.
    return { kind: 'not-smtp', looksLike: 'unknown', preview: printReply(reply).slice(0, 200), ms }
  }
  const { cause, detail } = read.error
  const begin = UNFINISHED.exec(detail ?? '')?.[1] ?? ''
  // The beginning of a greeting that never ended: an SMTP server that is slow or breaks off, not one of another kind.
  const nothingElse = begin === '' || SMTP_BEGIN.test(begin)
  switch (cause) {
    case 'timed-out':
      return nothingElse ? { kind: 'silent', waitedMs: ms } : notSmtp(begin, ms)
    case 'closed':
      return nothingElse ? { kind: 'closed', ms, reset: false } : notSmtp(begin, ms)
    case 'reset':
      return { kind: 'closed', ms, reset: true }
    case 'malformed':
    case 'too-long':
      return notSmtp(detail ?? '', ms)
  }
}

function notSmtp(preview: string, ms: number): Greeting {
  return { kind: 'not-smtp', looksLike: protocolOf(preview), preview, ms }
}

function protocolOf(begin: string): LooksLike {
  if (begin.startsWith('\\x15\\x03') || begin.startsWith('\\x16\\x03')) return 'tls'
  if (/^HTTP\/\d|^<(?:!doctype|html)/i.test(begin)) return 'http'
  if (begin.startsWith('SSH-')) return 'ssh'
  if (/^\* (?:OK|BYE|PREAUTH)\b/i.test(begin)) return 'imap'
  if (/^[+]OK\b|^-ERR\b/i.test(begin)) return 'pop3'
  return 'unknown'
}

// FTP greets with 220 as SMTP does (RFC 959 section 5.4), so only the server's name tells.
function isFtp(reply: Reply): boolean {
  const text = reply.text.join(' ')
  return /\b(?:vsFTPd|ProFTPD|Pure-FTPd|FileZilla Server|FTP (?:server|service))\b/i.test(text) && !/SMTP/i.test(text)
}
