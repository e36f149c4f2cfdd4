import type { CertificateName } from '../certificates.ts'
import type { Effect, Fault } from '../fault.ts'

export const ENCRYPTION_FAULTS: readonly Fault[] = [
  fault(
    'no-starttls',
    'Offers no STARTTLS',
    'The two ports that begin without encryption do not offer STARTTLS and refuse the command.',
    {
      kind: 'withhold',
      keyword: 'STARTTLS',
    },
  ),
  fault(
    'strip-starttls',
    'STARTTLS is overwritten on the way',
    'On the two ports that begin without encryption, the greeting and STARTTLS arrive overwritten with asterisks and X, as some firewalls do.',
    {
      kind: 'mangle',
    },
  ),
  fault(
    'starttls-required',
    'Insists on STARTTLS',
    'The two ports that begin without encryption refuse sign-in and senders with 530 until STARTTLS was used.',
    {
      kind: 'refuse',
      at: 'mail',
      code: 530,
      text: '5.7.0 Must issue a STARTTLS command first',
      when: visit => !visit.encrypted,
    },
    {
      kind: 'refuse',
      at: 'auth',
      code: 530,
      text: '5.7.0 Must issue a STARTTLS command first',
      when: visit => !visit.encrypted,
    },
  ),
  fault('starttls-broken', 'STARTTLS is out of order', 'STARTTLS is offered and answered with 454.', {
    kind: 'refuse',
    at: 'starttls',
    code: 454,
    text: '4.7.0 TLS not available due to local problem',
  }),
  fault(
    'starttls-garbage',
    'Answers the handshake in plain text',
    'STARTTLS is answered with 220; where the TLS handshake should follow comes an error in plain text.',
    {
      kind: 'starttls',
      next: 'plain-text',
    },
  ),
  fault(
    'inject-behind-starttls',
    'Text is slipped in behind STARTTLS',
    'Behind the 220 to STARTTLS stands a second reply in plain text, in the same packet, as an attacker between would put it there.',
    {
      kind: 'starttls',
      next: 'injected',
    },
  ),
  fault(
    'obey-behind-starttls',
    'Obeys what is slipped in behind STARTTLS',
    'Commands that arrive in plain text in the packet of STARTTLS are carried out behind the handshake (CVE-2011-0411). It shows only where that is asked for: serverinfo --check-injection.',
    {
      kind: 'starttls',
      next: 'obeyed',
    },
  ),
  fault(
    'plaintext-on-tls-port',
    'TLS port speaks plain text',
    'The port for TLS from the start greets without encryption and offers STARTTLS.',
    {
      kind: 'swap-tls',
      port: 'tls',
    },
  ),
  fault(
    'tls-on-plain-port',
    'STARTTLS port begins with TLS',
    'The two ports that should begin without encryption wait for a TLS handshake first.',
    {
      kind: 'swap-tls',
      port: 'plain',
    },
  ),
  fault('tls-too-old', 'Speaks only TLS 1.1', 'Every handshake is limited to TLS 1.0 and 1.1.', {
    kind: 'handshake',
    limit: 'old-protocol',
  }),
  fault(
    'no-shared-cipher',
    'No cipher in common',
    'Every handshake is limited to TLS 1.2 with ciphers that do not fit the certificate.',
    {
      kind: 'handshake',
      limit: 'rsa-ciphers',
    },
  ),
  fault(
    'client-certificate-required',
    'Asks for a client certificate',
    'Every handshake fails unless the client shows a certificate of the practice CA.',
    {
      kind: 'handshake',
      limit: 'client-certificate',
    },
  ),
  certificate('expired', 'Certificate has expired', 'ran out three days ago'),
  certificate('not-yet-valid', 'Certificate is not valid yet', 'begins in three days'),
  certificate('self-signed', 'Certificate is self-signed', 'was signed by the server itself'),
  certificate('wrong-name', 'Certificate has another name', 'is for shared-hosting.practice.test'),
  certificate('unknown-issuer', 'Issuer of the certificate is unknown', 'comes from a CA that nobody here trusts'),
  certificate(
    'incomplete-chain',
    'Certificate in between is missing',
    'comes without the intermediate certificate that leads to the practice CA',
  ),
  certificate(
    'intercepted',
    'Certificate of an interceptor',
    'comes from an antivirus program that reads along, with its root',
  ),
  certificate(
    'must-staple',
    'Certificate demands a stapled answer',
    'says that the server has to send the answer of its authority (OCSP) along, which it does not',
  ),
  certificate('weak-key', 'Key of the certificate is too short', 'has an RSA key of 1024 bits'),
]

function fault(id: string, title: string, description: string, ...effects: readonly Effect[]): Fault {
  return { id, title, description, group: 'encryption', effects }
}

function certificate(name: CertificateName, title: string, what: string): Fault {
  // `expired-certificate`, but `unknown-issuer` and the like name themselves.
  const id = ['unknown-issuer', 'incomplete-chain'].includes(name) ? name : `${name}-certificate`
  return fault(id, title, `Wherever TLS is used, the certificate ${what}.`, { kind: 'certificate', certificate: name })
}
