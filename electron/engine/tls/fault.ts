import type { HandshakeFault } from '#shared/diagnosis/evidence.ts'
import { escapeControls } from '#shared/escape.ts'

type Kind = HandshakeFault['kind']

/** What a failed handshake's error says. OpenSSL gives a code such as `ERR_SSL_WRONG_VERSION_NUMBER`. */
export function handshakeFault(error: NodeJS.ErrnoException): HandshakeFault {
  const code = error.code ?? null
  return { kind: kindOf(code ?? '', error.message), code, message: tidy(error.message) }
}

// OpenSSL puts a thread's number before its words, and its own source file behind them.
function tidy(message: string): string {
  const words = message
    .trim()
    .replace(/^[0-9A-F]+:(?=error:)/, '')
    .replace(/:[^:]*\.c:\d+:(?=\S|$).*$/s, '')
  return escapeControls(words).slice(0, 300)
}

const KINDS: readonly (readonly [pattern: RegExp, kind: Kind])[] = [
  // The first octets were no TLS record: text, in practice a greeting.
  [/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|INVALID_RECORD_HEADER/, 'plaintext-answer'],
  [/UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|VERSION_TOO_LOW|NO_PROTOCOLS_AVAILABLE/, 'protocol-version'],
  [/NO_SHARED_CIPHER|HANDSHAKE_FAILURE|NO_CIPHERS_AVAILABLE|INSUFFICIENT_SECURITY|NO_SUITABLE/, 'no-shared-cipher'],
  [/KEY_TOO_SMALL|BAD_DH_VALUE|MODULUS_TOO_SMALL/, 'weak-key'],
  [/ALERT_(?:BAD_CERTIFICATE|CERTIFICATE|NO_CERTIFICATE|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA)/, 'client-certificate'],
  [/PEER_DID_NOT_RETURN_A_CERTIFICATE/, 'client-certificate'],
  [/_ALERT_/, 'alert'],
]

function kindOf(code: string, message: string): Kind {
  // Node reports a clean end before the handshake with the same code as a reset, and tells them apart in the text.
  if (code === 'ECONNRESET') return message.includes('disconnected before secure') ? 'closed' : 'reset'
  if (code === 'EPIPE') return 'closed'
  if (code === 'ETIMEDOUT') return 'timed-out'
  return KINDS.find(([pattern]) => pattern.test(code))?.[1] ?? 'other'
}
