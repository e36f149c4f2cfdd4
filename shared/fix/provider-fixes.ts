import type { Judged } from '#shared/finding/judged.ts'
import type { ProviderPolicy } from '#shared/finding/provider.ts'
import type { Fix } from '#shared/fix/fix.ts'

/** What is done on the provider's own pages, as numbered steps. */
export function providerFixes(found: Judged, provider: ProviderPolicy | null): readonly Fix[] {
  const name = provider?.name ?? 'the provider'
  switch (found.id) {
    case 'sign-in-needs-app-password':
      return [
        steps('make-app-password', `Make an app password with ${name}`, provider?.secretUrl ?? null, [
          `Sign in to your account with ${name} in the browser.`,
          'Turn on two-step verification, if it is off: app passwords exist only with it.',
          'Make an app password for mail, and copy it at once: it is shown only then.',
          'Store it here in place of the old password, without blanks, and test again.',
        ]),
      ]
    case 'sign-in-wrong-kind-of-secret':
      return [
        steps(
          'get-secret',
          `Get the ${provider?.secretName ?? 'right secret'} from ${name}`,
          provider?.secretUrl ?? null,
          [
            `Open the page of ${name} where credentials for sending are made.`,
            `Make or copy the ${provider?.secretName ?? 'secret'}${provider === null ? '' : `: ${provider.secretHint}`}.`,
            'Check that it belongs to the same region and domain as the server in your settings.',
            'Store it here, and test again.',
          ],
        ),
      ]
    case 'sign-in-basic-auth-retired':
      return [
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
      ]
    case 'sign-in-disabled-for-tenant':
      return [
        steps('microsoft-smtp-auth', 'Allow SMTP sign-in in the admin center', 'https://aka.ms/smtp_auth_disabled', [
          'Sign in to the Microsoft 365 admin center as an administrator.',
          'Open Users, Active users, choose the mailbox, then Mail, Manage email apps.',
          'Turn on Authenticated SMTP, save, and wait up to an hour.',
          'If security defaults are on for the organisation, they forbid it as well.',
        ]),
      ]
    case 'sign-in-account-locked':
      return [
        steps('unlock', `Unlock the sign-in with ${name}`, null, [
          `Sign in to your account with ${name} in the browser, from the same network if you can.`,
          'Confirm that the sign-in was yours, or turn on sending by SMTP, wherever the page asks for it.',
          'Test again after a few minutes.',
        ]),
      ]
    case 'sign-in-account-suspended':
    case 'deliver-account-suspended':
      return [
        steps('lift-suspension', `Look at the state of the account with ${name}`, null, [
          `Sign in to ${name} and read the notices about your account.`,
          'Pay, activate, or answer the questions there. If the account was misused, change its password first.',
        ]),
      ]
    case 'sign-in-token-expired':
    case 'sign-in-token-not-permitted':
      return [
        steps('consent-again', `Give ${name} your consent again`, null, [
          'Start the consent in the browser anew, signed in as the mailbox that sends.',
          'Allow sending mail by SMTP, not only reading.',
          'With a Google app in testing, publish it: in testing every consent ends after seven days.',
        ]),
      ]
    case 'deliver-sandbox':
      return [
        steps('leave-sandbox', `Leave the sandbox of ${name}`, null, [
          'For a test, verify the recipient address in the console of the provider, in the region that you send from.',
          'To send to everybody, ask there for production access.',
        ]),
      ]
    case 'deliver-sender-not-verified':
      return [
        steps('verify-sender', `Verify the sender with ${name}`, null, [
          `Open the list of verified senders or domains with ${name}, in the region that you send from.`,
          'Add the sender address or, better, its domain, and publish the records that are shown.',
          'Send again when the state is "verified".',
        ]),
      ]
    case 'deliver-ip-blocklisted':
    case 'connect-greeting-blocklisted':
    case 'connect-greeting-refused':
      return [
        steps('delist', 'Find out who lists the address, and why', 'https://check.spamhaus.org/', [
          'Look your address up at the list that the answer names.',
          'If it is a home or mobile connection, that is by design: send through the mail server of your provider instead.',
          'If it is your server, stop what sent the spam first, then ask for removal.',
        ]),
      ]
    case 'deliver-low-reputation':
      return [
        steps('reputation', 'Improve the reputation of the sending address', 'https://postmaster.google.com/', [
          'Send less for some days, and only to people who expect it.',
          'Set SPF, DKIM, DMARC and the reverse DNS name.',
          'Watch the numbers that the receiver publishes for senders.',
        ]),
      ]
    case 'encrypt-certificate-intercepted':
    case 'encrypt-starttls-stripped':
      return [
        steps('stop-interception', 'Let mail pass without being opened', null, [
          'Turn off the mail scanner (mail shield, SSL inspection) of the antivirus program, or make an exception for this server.',
          'In a company network, ask for an exception in the firewall.',
          'Test from another network: if it works there, this network was the cause.',
        ]),
      ]
    default:
      return []
  }
}

function steps(id: string, label: string, url: string | null, steps: readonly string[]): Fix {
  return { kind: 'provider', id, label, url, steps: [...steps] }
}
