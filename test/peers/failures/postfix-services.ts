import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { createSelfSigned, type Authority } from '../../support/certificates.ts'
import type { PostfixService } from '../support/postfix.ts'

// Postfix counts nobody of these: else its own networks would be let through.
const COUNT_ALL = { smtpd_client_event_limit_exceptions: '' }
const NOT_OURS = { mynetworks: '192.0.2.1' }

/** The ports of the Postfix that the cases go to, by their names. */
export async function createServices(authority: Authority): Promise<Readonly<Record<string, PostfixService>>> {
  const between = await authority.authorize('O=Lab,CN=Lab Intermediate', { presented: false })
  const settings = (settings: Readonly<Record<string, string>>): PostfixService => ({ settings })
  return {
    'gmail-ehlo': settings({
      smtpd_delay_reject: 'no',
      smtpd_helo_restrictions:
        'check_helo_access inline:{ {localhost = 421 4.7.0 Try again later, closing connection. (EHLO)} }',
    }),
    'fqdn-ehlo': settings({ smtpd_helo_required: 'yes', smtpd_helo_restrictions: 'reject_non_fqdn_helo_hostname' }),
    'known-clients': settings({ smtpd_client_restrictions: 'permit_sasl_authenticated, reject' }),
    'no-clients': settings({ smtpd_client_restrictions: 'reject' }),
    deferring: settings({ smtpd_client_restrictions: 'defer' }),
    'needs-tls': settings({ smtpd_tls_security_level: 'encrypt' }),
    'no-tls': settings({ smtpd_tls_security_level: 'none' }),
    'no-sasl': settings({ smtpd_sasl_auth_enable: 'no' }),
    'no-certificate': settings({ smtpd_tls_chain_files: '', smtpd_tls_cert_file: '/nowhere/server.pem' }),
    'other-name': { identity: await authority.issue({ names: ['mx.lab.test'] }) },
    'hosting-name': { identity: await authority.issue({ names: ['*.hosting.test'] }) },
    'self-signed': { identity: await createSelfSigned() },
    incomplete: { identity: await between.issue() },
    expired: { identity: await authority.issue({ validDays: [-60, -5] }) },
    'not-yet-valid': { identity: await authority.issue({ validDays: [5, 60] }) },
    'old-tls': settings({ smtpd_tls_protocols: '<=TLSv1.1' }),
    'one-sign-in': settings({ ...COUNT_ALL, smtpd_client_auth_rate_limit: '1' }),
    'one-connection': settings({ ...COUNT_ALL, smtpd_client_connection_count_limit: '1' }),
    relay: settings({ ...NOT_OURS, smtpd_relay_restrictions: 'permit_sasl_authenticated, reject_unauth_destination' }),
    'relay-later': settings({
      ...NOT_OURS,
      smtpd_relay_restrictions: 'permit_sasl_authenticated, defer_unauth_destination',
    }),
    'own-senders': settings({
      smtpd_sender_restrictions: 'reject_sender_login_mismatch',
      smtpd_sender_login_maps: 'inline:{ {boss@lab.test = boss}, {ada@lab.test = ada@lab.test} }',
    }),
    tiny: settings({ message_size_limit: '300' }),
    greylist: settings({
      smtpd_recipient_restrictions:
        'check_recipient_access inline:{ {ada@lab.test = 450 4.2.0 Greylisted for 300 seconds} }',
    }),
    'one-mailbox': settings({ virtual_mailbox_maps: 'inline:{ {bob@lab.test = inbox/} }' }),
    strict: settings({ smtpd_forbid_bare_newline: 'reject', smtpd_forbid_bare_newline_exclusions: '' }),
  }
}

/** A connection that has been greeted, and stays. */
export async function holdConnection(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'data')
  return socket
}

/** Says these lines one after the other, as they are, and gives what was answered to each. */
export async function converse(port: number, lines: readonly string[]): Promise<readonly string[]> {
  const socket = await holdConnection(port)
  const answers: string[] = []
  for (const line of lines) {
    socket.write(line)
    const [octets] = (await once(socket, 'data')) as [Buffer]
    answers.push(octets.toString('latin1').trim())
  }
  socket.destroy()
  return answers
}
