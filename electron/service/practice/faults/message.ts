import type { Effect, Fault, Refusal } from '../fault.ts'

/** Less than any message with a header, so that nothing fits. */
const TINY_BYTES = 256

export const MESSAGE_FAULTS: readonly Fault[] = [
  fault(
    'too-large',
    'Takes only tiny messages',
    `The server says SIZE ${TINY_BYTES} and refuses whatever is larger, at MAIL FROM where the size is given there, else after the message.`,
    {
      kind: 'size',
      limitBytes: TINY_BYTES,
    },
  ),
  reply(
    'data-refused',
    'Takes no message',
    'DATA itself is refused.',
    554,
    '5.3.2 System not accepting network messages',
    'data',
  ),
  reply(
    'content-spam',
    'Takes the message for spam',
    'The message is refused because of what it says.',
    554,
    '5.7.1 Message rejected as spam by content filter',
  ),
  reply(
    'content-virus',
    'Takes the message for a virus',
    'The message is refused because of an attachment.',
    554,
    '5.7.1 Message rejected: virus found in attachment',
  ),
  reply(
    'content-malformed',
    'Finds the message malformed',
    'The message is refused because of its form.',
    554,
    '5.6.0 Message rejected: bare LF or duplicate header field',
  ),
  reply(
    'from-header-missing',
    'Finds the From header wrong',
    'The message is refused because of its From header.',
    550,
    '5.7.1 Messages with multiple addresses in From: header, or without one, are not accepted',
  ),
  reply(
    'send-as-denied',
    'May not send as this address',
    'The message is refused because whoever signed in may not use the address in From.',
    550,
    '5.7.60 Client does not have permissions to send as this sender',
  ),
  reply(
    'mail-loop',
    'Sees a mail loop',
    'The message is refused because it passed too many servers.',
    554,
    '5.4.6 Too many hops, mail loop detected',
  ),
  reply(
    'insufficient-storage',
    'Disk is full',
    'The message is put off because the server has no room.',
    452,
    '4.3.1 Insufficient system storage',
  ),
  reply(
    'recipient-over-tls-only',
    'Recipient wants TLS',
    'The message is put off because the recipient takes mail over TLS only.',
    421,
    '4.7.0 TLS required for RCPT domain',
  ),
  fault('drop-in-data', 'Hangs up in the message', 'The connection is cut while the message is being sent.', {
    kind: 'cut',
    at: 'data',
  }),
  fault(
    'drop-after-data',
    'Hangs up after the message',
    'The connection is cut after the whole message was sent, with no answer to it.',
    { kind: 'cut', at: 'message' },
  ),
]

function fault(id: string, title: string, description: string, effect: Effect): Fault {
  return { id, title, description: `${description} Applies to all three ports.`, group: 'message', effects: [effect] }
}

function reply(
  id: string,
  title: string,
  what: string,
  code: number,
  text: string,
  at: Refusal['at'] = 'message',
): Fault {
  const when = at === 'message' ? ' Shows when a message is really sent.' : ''
  return fault(id, title, what + when, { kind: 'refuse', at, code, text })
}
