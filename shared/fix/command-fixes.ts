import { portOf, type AccountSettings } from '#shared/account/account.ts'
import type { Judged } from '#shared/finding/judged.ts'
import type { Fix } from '#shared/fix/fix.ts'

type Commands = readonly (readonly [system: string, command: string])[]

/** Commands to run by hand: a test that decides, or the repair where a server is one's own. Nothing here is ever run by us. */
export function commandFixes(found: Judged, account: AccountSettings): readonly Fix[] {
  const host = shellWord(account.host || 'mail.example.com')
  const port = portOf(account)
  const user = shellWord(account.user ?? 'user@example.com')
  switch (found.id) {
    case 'resolve-name-not-found':
    case 'resolve-no-address':
    case 'resolve-resolver-failed':
    case 'resolve-out-of-time':
      return [
        command('look-up', 'Ask the DNS yourself', [
          ['Linux, macOS', `getent ahosts ${host} || host ${host}`],
          ['Windows', `Resolve-DnsName ${powershellWord(account.host)}`],
        ]),
      ]
    case 'connect-refused':
    case 'connect-timed-out':
    case 'connect-port-25-blocked':
    case 'connect-not-permitted':
    case 'connect-out-of-time':
    case 'connect-reset':
      return [
        command('test-ports', 'Test which ports this network lets through', [
          [
            'Linux',
            `for p in 25 465 587 2525; do timeout 5 bash -c '</dev/tcp/$0/$1' ${host} $p && echo "$p open" || echo "$p closed"; done`,
          ],
          ['macOS', `for p in 25 465 587 2525; do nc -z -G 5 ${host} $p; done`],
          ['Windows', `25,465,587,2525 | % { Test-NetConnection ${powershellWord(account.host)} -Port $_ }`],
        ]),
      ]
    case 'connect-refused-here':
      return [
        command('start-server', 'See whether a mail server runs here, and start it', [
          ['Linux', `ss -ltn 'sport = :${port}'; systemctl status postfix || systemctl start postfix`],
        ]),
      ]
    case 'connect-family-unreachable':
    case 'connect-unreachable':
      return [
        command('routes', 'Look at the routes of this machine', [
          ['Linux', 'ip -4 route; ip -6 route'],
          ['macOS', 'netstat -rn'],
          ['Windows', 'Get-NetRoute'],
        ]),
      ]
    case 'encrypt-certificate-unknown-issuer':
    case 'encrypt-certificate-self-signed':
    case 'encrypt-certificate-incomplete-chain':
    case 'encrypt-certificate-expired':
    case 'encrypt-certificate-wrong-name':
    case 'encrypt-certificate-not-trusted':
    case 'encrypt-certificate-intercepted':
      return [
        command('show-chain', 'Look at the certificates yourself', [
          [
            'Linux, macOS',
            `openssl s_client -connect ${host}:${port}${account.security === 'starttls' ? ' -starttls smtp' : ''} -servername ${host} -showcerts </dev/null`,
          ],
        ]),
      ]
    case 'encrypt-certificate-not-yet-valid':
      return [
        command('clock', 'Set the clock of this machine', [
          ['Linux', 'timedatectl set-ntp true; timedatectl'],
          ['Windows', 'w32tm /resync'],
        ]),
      ]
    case 'sign-in-disabled-for-tenant':
      return [
        command('allow-smtp-auth', 'Allow SMTP sign-in for this mailbox (Exchange administrator)', [
          [
            'Exchange Online PowerShell',
            `Set-CASMailbox -Identity ${powershellWord(account.user ?? 'user@example.com')} -SmtpClientAuthenticationDisabled $false`,
          ],
          [
            'Exchange Online PowerShell, whole organisation',
            'Set-TransportConfig -SmtpClientAuthenticationDisabled $false',
          ],
        ]),
      ]
    case 'deliver-sender-not-allowed':
      return [
        command('grant-send-as', 'Grant the right to send as this address (Exchange administrator)', [
          [
            'Exchange Online PowerShell',
            `Add-RecipientPermission -Identity ${powershellWord(String(found.facts['mailFrom'] ?? account.from ?? 'sender@example.com'))} -Trustee ${powershellWord(account.user ?? 'user@example.com')} -AccessRights SendAs`,
          ],
        ]),
      ]
    case 'deliver-too-large':
      return [
        command('raise-limit', 'Raise the limit, if the server is your own (Postfix)', [
          ['Postfix', 'postconf -e message_size_limit=52428800 && systemctl reload postfix'],
        ]),
      ]
    case 'encrypt-starttls-refused':
    case 'encrypt-starttls-not-offered':
    case 'encrypt-starttls-broken':
      return [
        command('server-tls', "Look at the server's TLS settings, if it is your own (Postfix)", [
          [
            'Postfix',
            'postconf smtpd_tls_security_level smtpd_tls_cert_file smtpd_tls_key_file smtpd_tls_chain_files; grep -i tls /var/log/mail.log | tail',
          ],
        ]),
      ]
    case 'deliver-relay-denied':
      return [
        command('server-relay', 'Let this network pass on mail, if the server is your own (Postfix)', [
          ['Postfix', 'postconf mynetworks smtpd_relay_restrictions'],
        ]),
      ]
    case 'sign-in-not-offered':
      return [
        command('server-sasl', 'Turn on sign-in, if the server is your own (Postfix)', [
          [
            'Postfix',
            'postconf -e smtpd_sasl_auth_enable=yes smtpd_sasl_type=dovecot smtpd_sasl_path=private/auth && systemctl reload postfix',
          ],
        ]),
      ]
    case 'sign-in-no-secret':
      return [
        command('store-secret', 'Store the password where msmtp looks for it, too', [
          ['Linux', `secret-tool store --label=msmtp host ${host} service smtp user ${user}`],
          ['macOS', `security add-internet-password -s ${host} -r smtp -a ${user} -w`],
        ]),
      ]
    default:
      return []
  }
}

function command(id: string, label: string, commands: Commands): Fix {
  return { kind: 'command', id, label, commands: commands.map(([system, line]) => ({ system, command: line })) }
}

/** Quoted for a POSIX shell where it holds anything that a shell could take for more than a word. */
export function shellWord(text: string): string {
  return /^[\w.@:%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

export function powershellWord(text: string): string {
  return /^[\w.@:-]+$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`
}
