import type { AccountSettings } from '#shared/account/account.ts'
import type { Fix } from '#shared/fix/fix.ts'
import { sharedBy, type Remedies } from '#shared/fix/remedy.ts'
import { renameServer } from '#shared/fix/rename-server.ts'
import { shellWord } from '#shared/formats/dialect/shell.ts'
import { powershellWord } from '#shared/powershell-word.ts'

type Commands = readonly (readonly [system: string, command: string])[]

const NEWER_TLS = command('newer-tls', 'Let the server speak TLS 1.2 and newer alone, if it is your own', [
  [
    'Postfix 3.6 and later',
    "postconf -e 'smtpd_tls_protocols=>=TLSv1.2' 'smtpd_tls_mandatory_protocols=>=TLSv1.2' && postfix reload",
  ],
  ['Dovecot', 'ssl_min_protocol = TLSv1.2'],
])

/** Commands to run by hand: a test that decides, or the repair where a server is one's own. Nothing here is ever run by us. */
export const COMMAND_FIXES: Remedies = {
  ...sharedBy(
    ['resolve-name-not-found', 'resolve-no-address', 'resolve-resolver-failed', 'resolve-out-of-time'],
    ({ account }) => [
      command('look-up', 'Ask the DNS yourself', [
        ['Linux, macOS', `getent ahosts ${hostWord(account)} || host ${hostWord(account)}`],
        ['Windows', `Resolve-DnsName ${powershellWord(account.host)}`],
      ]),
    ],
  ),
  ...sharedBy(
    [
      'connect-refused',
      'connect-timed-out',
      'connect-port-25-blocked',
      'connect-not-permitted',
      'connect-out-of-time',
      'connect-reset',
    ],
    ({ account }) => [
      command('test-ports', 'Test which ports this network lets through', [
        [
          'Linux',
          `for p in 25 465 587 2525; do timeout 5 bash -c '</dev/tcp/$0/$1' ${hostWord(account)} $p && echo "$p open" || echo "$p closed"; done`,
        ],
        ['macOS', `for p in 25 465 587 2525; do nc -z -G 5 ${hostWord(account)} $p; done`],
        ['Windows', `25,465,587,2525 | % { Test-NetConnection ${powershellWord(account.host)} -Port $_ }`],
      ]),
    ],
  ),
  'connect-refused-here': ({ port }) => [
    command('start-server', 'See whether a mail server runs here, and start it', [
      ['Linux', `ss -ltn 'sport = :${port}'; systemctl status postfix || systemctl start postfix`],
    ]),
  ],
  'domain-greeting-not-ptr': ({ found }) => renameServer('greeting', String(found.facts['wanted'] ?? '')),
  'connect-source-not-here': () => [
    command('addresses', 'List the addresses of this machine', [
      ['Linux', 'ip -br address'],
      ['macOS', 'ifconfig'],
      ['Windows', 'Get-NetIPAddress'],
    ]),
  ],
  ...sharedBy(['connect-family-unreachable', 'connect-unreachable'], () => [
    command('routes', 'Look at the routes of this machine', [
      ['Linux', 'ip -4 route; ip -6 route'],
      ['macOS', 'netstat -rn'],
      ['Windows', 'Get-NetRoute'],
    ]),
  ]),
  'encrypt-large-packets-lost': ({ account }) => [
    command('largest-packet', 'Find the largest packet that comes through, and use packets of that size', [
      [
        'Linux',
        `ping -c 3 -M do -s 1472 ${hostWord(account)}; ping -c 3 -M do -s 1252 ${hostWord(account)}; ip route get 192.0.2.1`,
      ],
      ['Linux, if only the second ping works', 'ip link set dev eth0 mtu 1280'],
      ['macOS', `ping -c 3 -D -s 1472 ${hostWord(account)}; ping -c 3 -D -s 1252 ${hostWord(account)}`],
      [
        'Windows',
        `ping -n 3 -f -l 1472 ${powershellWord(account.host)}; ping -n 3 -f -l 1252 ${powershellWord(account.host)}`,
      ],
    ]),
  ],
  ...sharedBy(
    [
      'encrypt-certificate-unknown-issuer',
      'encrypt-certificate-self-signed',
      'encrypt-certificate-incomplete-chain',
      'encrypt-certificate-expired',
      'encrypt-certificate-wrong-name',
      'encrypt-certificate-not-trusted',
      'encrypt-certificate-intercepted',
      'encrypt-certificate-weak',
      'encrypt-certificate-revoked',
      'encrypt-certificate-not-pinned',
      'encrypt-certificate-expires-soon',
    ],
    ({ account, port }) => [
      command('show-chain', 'Look at the certificates yourself', [
        ['Linux, macOS', `openssl s_client ${shake(account, port)} -showcerts </dev/null`],
      ]),
    ],
  ),
  ...sharedBy(['encrypt-staple-missing', 'encrypt-staple-stale', 'encrypt-staple-useless'], ({ account, port }) => [
    command('show-staple', 'Look at the stapled answer yourself', [
      ['Linux, macOS', `openssl s_client ${shake(account, port)} -status </dev/null | sed -n '/OCSP/,/^---/p'`],
    ]),
  ]),
  'encrypt-certificate-changes': ({ account, port }) => [
    command('compare-certificates', 'See which certificate each address shows', [
      [
        'Linux',
        `for a in $(getent ahostsv4 ${hostWord(account)} | awk '{print $1}' | sort -u); do echo "$a"; openssl s_client ${shake(account, port, '"$a"')} </dev/null 2>/dev/null | openssl x509 -noout -serial -enddate -issuer; done`,
      ],
    ]),
  ],
  'encrypt-below-floor': ({ account, found, port }) => [
    command('look-below-floor', 'Look at the server with the older version', [
      [
        'mailwright',
        `mailwright serverinfo ${hostWord(account)}:${port} --tls-min ${String(found.facts['version'] ?? '1.0')}`,
      ],
    ]),
    NEWER_TLS,
  ],
  ...sharedBy(['encrypt-old-versions-accepted', 'encrypt-no-modern-tls', 'encrypt-old-protocol'], () => [NEWER_TLS]),
  ...sharedBy(['encrypt-dane-mismatch', 'encrypt-dane-unusable', 'encrypt-dane-unsigned'], ({ found }) => [
    command('look-up-tlsa', 'Look at the records, and whether they are signed', [
      ['Linux, macOS', `dig +dnssec TLSA ${shellWord(String(found.facts['name'] ?? '_25._tcp.mail.example.com'))}`],
    ]),
  ]),
  'encrypt-certificate-not-yet-valid': () => [
    command('clock', 'Set the clock of this machine', [
      ['Linux', 'timedatectl set-ntp true; timedatectl'],
      ['Windows', 'w32tm /resync'],
    ]),
  ],
  'sign-in-disabled-for-tenant': ({ account }) => [
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
  ],
  'deliver-sender-not-allowed': ({ found, account }) => [
    command('grant-send-as', 'Grant the right to send as this address (Exchange administrator)', [
      [
        'Exchange Online PowerShell',
        `Add-RecipientPermission -Identity ${powershellWord(String(found.facts['mailFrom'] ?? account.from ?? 'sender@example.com'))} -Trustee ${powershellWord(account.user ?? 'user@example.com')} -AccessRights SendAs`,
      ],
    ]),
  ],
  'deliver-too-large': () => [
    command('raise-limit', 'Raise the limit, if the server is your own (Postfix)', [
      ['Postfix', 'postconf -e message_size_limit=52428800 && systemctl reload postfix'],
    ]),
  ],
  ...sharedBy(['encrypt-starttls-refused', 'encrypt-starttls-not-offered', 'encrypt-starttls-broken'], () => [
    command('server-tls', "Look at the server's TLS settings, if it is your own (Postfix)", [
      [
        'Postfix',
        'postconf smtpd_tls_security_level smtpd_tls_cert_file smtpd_tls_key_file smtpd_tls_chain_files; grep -i tls /var/log/mail.log | tail',
      ],
    ]),
  ]),
  'encrypt-commands-injected': () => [
    command('server-update', 'Update the server, if it is your own: those of today throw such commands away', [
      ['Postfix', 'postconf mail_version   # 2.4.16, 2.5.12, 2.6.9, 2.7.3, 2.8.0 and later are safe'],
    ]),
  ],
  'deliver-open-relay': () => [
    command(
      'close-relay',
      'Pass on mail only for your own network and for those who sign in, if the server is your own',
      [
        [
          'Postfix',
          'postconf mynetworks; postconf -e smtpd_relay_restrictions=permit_mynetworks,permit_sasl_authenticated,reject_unauth_destination && systemctl reload postfix',
        ],
      ],
    ),
  ],
  ...sharedBy(['deliver-relay-denied', 'deliver-address-refused'], () => [
    command('server-relay', 'Let this network pass on mail, if the server is your own (Postfix)', [
      ['Postfix', 'postconf mynetworks smtpd_client_restrictions smtpd_relay_restrictions'],
    ]),
  ]),
  'sign-in-not-offered': () => [
    command('server-sasl', 'Turn on sign-in, if the server is your own (Postfix)', [
      [
        'Postfix',
        'postconf -e smtpd_sasl_auth_enable=yes smtpd_sasl_type=dovecot smtpd_sasl_path=private/auth && systemctl reload postfix',
      ],
    ]),
  ],
  'domain-spf-broken': ({ found }) => [
    command('measure-spf', 'See which part of the record costs what', [
      ['Mailwright', `mailwright domain ${shellWord(String(found.facts['domain'] ?? 'example.com'))}`],
    ]),
  ],
  'sign-in-no-secret': ({ account }) => [
    command('store-secret', 'Store the password where msmtp looks for it, too', [
      ['Linux', `secret-tool store --label=msmtp host ${hostWord(account)} service smtp user ${userWord(account)}`],
      ['macOS', `security add-internet-password -s ${hostWord(account)} -r smtp -a ${userWord(account)} -w`],
    ]),
  ],
}

function command(id: string, label: string, commands: Commands): Fix {
  return { kind: 'command', id, label, commands: commands.map(([system, line]) => ({ system, command: line })) }
}

/** How openssl reaches the server's certificate. */
function shake(account: AccountSettings, port: number, address: string = hostWord(account)): string {
  const starttls = account.security === 'starttls' ? ' -starttls smtp' : ''
  return `-connect ${address}:${port}${starttls} -servername ${hostWord(account)}`
}

function hostWord({ host }: AccountSettings): string {
  return shellWord(host || 'mail.example.com')
}

function userWord({ user }: AccountSettings): string {
  return shellWord(user ?? 'user@example.com')
}
