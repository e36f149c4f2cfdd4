import type { ProviderPolicy } from '#shared/finding/provider.ts'
import type { Fix } from '#shared/fix/fix.ts'
import { sharedBy, type Remedies } from '#shared/fix/remedy.ts'

const BLOCKED = [
  'deliver-ip-blocklisted',
  'connect-greeting-blocklisted',
  'connect-greeting-refused',
  'encrypt-greeting-refused',
  'encrypt-greeting-blocklisted',
] as const

/** What is done on the provider's own pages, as numbered steps. */
export const PROVIDER_FIXES: Remedies = {
  'resolve-host-is-user': () => [
    steps('separate-fields', 'Write the settings apart, or encode the URL', null, [
      'Give host, port, user name and password in fields of their own where the program has them: nothing is encoded there.',
      'In a URL, percent-encode the user name and the password: / is %2F, # is %23, @ is %40, : is %3A, + is %2B, % is %25.',
      'Paste the URL into "Add account": it is read as it was meant, and can be written anew for other programs.',
    ]),
  ],
  'sign-in-needs-app-password': ({ provider }) => [
    steps('make-app-password', `Make an app password with ${nameOf(provider)}`, provider?.secretUrl ?? null, [
      `Sign in to your account with ${nameOf(provider)} in the browser.`,
      'Turn on two-step verification, if it is off: app passwords exist only with it.',
      'Make an app password for mail, and copy it at once: it is shown only then.',
      'Store it here in place of the old password, without blanks, and test again.',
    ]),
  ],
  'sign-in-wrong-kind-of-secret': ({ provider }) => [
    steps(
      'get-secret',
      `Get the ${provider?.secretName ?? 'right secret'} from ${nameOf(provider)}`,
      provider?.secretUrl ?? null,
      [
        `Open the page of ${nameOf(provider)} where credentials for sending are made.`,
        `Make or copy the ${provider?.secretName ?? 'secret'}${provider === null ? '' : `: ${provider.secretHint}`}.`,
        'Check that it belongs to the same region and domain as the server in your settings.',
        'Store it here, and test again.',
      ],
    ),
  ],
  'sign-in-basic-auth-retired': ({ provider }) => [
    steps(
      'use-oauth2-or-other',
      'Sign in with OAuth2, or send through another provider',
      provider?.passwordsEnded?.source ?? null,
      [
        'Register or choose an app that may send mail for you with OAuth2, and give your consent in the browser.',
        'Set the way of signing in to OAuth2, and test again.',
        'If your program cannot do OAuth2, send through a provider that still takes passwords or keys.',
      ],
    ),
  ],
  'sign-in-disabled-for-tenant': () => [
    steps('microsoft-smtp-auth', 'Allow SMTP sign-in in the admin center', 'https://aka.ms/smtp_auth_disabled', [
      'Sign in to the Microsoft 365 admin center as an administrator.',
      'Open Users, Active users, choose the mailbox, then Mail, Manage email apps.',
      'Turn on Authenticated SMTP, save, and wait up to an hour.',
      'If security defaults are on for the organisation, they forbid it as well.',
    ]),
  ],
  'sign-in-account-locked': ({ provider }) => [
    steps('unlock', `Unlock the sign-in with ${nameOf(provider)}`, null, [
      `Sign in to your account with ${nameOf(provider)} in the browser, from the same network if you can.`,
      'Confirm that the sign-in was yours, or turn on sending by SMTP, wherever the page asks for it.',
      'Test again after a few minutes.',
    ]),
  ],
  ...sharedBy(['sign-in-account-suspended', 'deliver-account-suspended'], ({ provider }) => [
    steps('lift-suspension', `Look at the state of the account with ${nameOf(provider)}`, null, [
      `Sign in to ${nameOf(provider)} and read the notices about your account.`,
      'Pay, activate, or answer the questions there. If the account was misused, change its password first.',
    ]),
  ]),
  ...sharedBy(['sign-in-token-expired', 'sign-in-token-not-permitted'], ({ provider }) => [
    steps('consent-again', `Give ${nameOf(provider)} your consent again`, null, [
      'Start the consent in the browser anew, signed in as the mailbox that sends.',
      'Allow sending mail by SMTP, not only reading.',
      'With a Google app in testing, publish it: in testing every consent ends after seven days.',
    ]),
  ]),
  'deliver-sandbox': ({ provider }) => [
    steps('leave-sandbox', `Leave the sandbox of ${nameOf(provider)}`, null, [
      'For a test, verify the recipient address in the console of the provider, in the region that you send from.',
      'To send to everybody, ask there for production access.',
    ]),
  ],
  'deliver-sender-not-verified': ({ provider }) => [
    steps('verify-sender', `Verify the sender with ${nameOf(provider)}`, null, [
      `Open the list of verified senders or domains with ${nameOf(provider)}, in the region that you send from.`,
      'Add the sender address or, better, its domain, and publish the records that are shown.',
      'Send again when the state is "verified".',
    ]),
  ],
  ...sharedBy(BLOCKED, () => [
    steps('delist', 'Find out who lists the address, and why', 'https://check.spamhaus.org/', [
      'Look your address up at the list that the answer names.',
      'If it is a home or mobile connection, that is by design: send through the mail server of your provider instead.',
      'If it is your server, stop what sent the spam first, then ask for removal.',
    ]),
  ]),
  'deliver-low-reputation': () => [
    steps('reputation', 'Improve the reputation of the sending address', 'https://postmaster.google.com/', [
      'Send less for some days, and only to people who expect it.',
      'Set SPF, DKIM, DMARC and the reverse DNS name.',
      'Watch the numbers that the receiver publishes for senders.',
    ]),
  ],
  ...sharedBy(
    ['encrypt-certificate-intercepted', 'encrypt-starttls-stripped', 'encrypt-helo-only', 'sign-in-connection-differs'],
    () => [
      steps('stop-interception', 'Let mail pass without being opened', null, [
        'Turn off the mail scanner (mail shield, SSL inspection) of the antivirus program, or make an exception for this server.',
        'In a company network, ask for an exception in the firewall.',
        'Test from another network: if it works there, this network was the cause.',
      ]),
    ],
  ),
}

function steps(id: string, label: string, url: string | null, steps: readonly string[]): Fix {
  return { kind: 'provider', id, label, url, steps: [...steps] }
}

function nameOf(provider: ProviderPolicy | null): string {
  return provider?.name ?? 'the provider'
}
