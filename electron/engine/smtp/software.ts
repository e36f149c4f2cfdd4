/** A guess, and the words of the server that it rests on. */
export type Software = { readonly name: string; readonly because: string }

/** What programs and services say about themselves in a greeting or an EHLO reply. The first that fits counts. */
const MARKS: readonly (readonly [pattern: RegExp, name: (match: RegExpExecArray) => string])[] = [
  [/\bExim (\d[\d.]*)?/, match => withVersion('Exim', match[1])],
  [/\bOpenSMTPD\b/, () => 'OpenSMTPD'],
  [/\bSendmail (\d[\d.]*)?/, match => withVersion('Sendmail', match[1])],
  [/\bMicrosoft ESMTP MAIL Service\b/, () => 'Microsoft Exchange'],
  [/\bX-EXPS\b|\bXEXCH50\b/, () => 'Microsoft Exchange'],
  [/\bESMTP [a-z0-9.-]+ - gsmtp\b/i, () => 'Google'],
  [/\bSimpleEmailService\b/, () => 'Amazon SES'],
  [/\bDovecot\b/, () => 'Dovecot'],
  [/\bHaraka\b/, () => 'Haraka'],
  [/\bStalwart\b/i, () => 'Stalwart'],
  [/\bmaddy\b/i, () => 'maddy'],
  [/\bCommuniGate Pro\b/, () => 'CommuniGate Pro'],
  [/\bMDaemon\b/, () => 'MDaemon'],
  [/\bKerio Connect\b/, () => 'Kerio Connect'],
  [/\bMailEnable\b/, () => 'MailEnable'],
  [/\bAxigen\b/i, () => 'Axigen'],
  [/\bIceWarp\b/, () => 'IceWarp'],
  [/\bXMail\b/, () => 'XMail'],
  [/\bCourier\b/, () => 'Courier'],
  [/\bPowerMTA\b/, () => 'PowerMTA'],
  [/\becelerity\b/i, () => 'Momentum'],
  [/\bHalon\b/i, () => 'Halon'],
  [/\bKumoMTA\b/i, () => 'KumoMTA'],
  [/\bZoneMTA\b/, () => 'ZoneMTA'],
  [/\bMailHog\b/, () => 'MailHog'],
  [/\bMailpit\b/, () => 'Mailpit'],
  [/\bsmtp4dev\b/i, () => 'smtp4dev'],
  [/\bPython SMTP (\d[\d.]*)?/, match => withVersion('aiosmtpd', match[1])],
  [/\bpostscreen\b/, () => 'Postfix'],
  [/\bPostfix\b/i, () => 'Postfix'],
]

/** The program behind a server, as far as its greeting and the lines of its EHLO reply tell. */
export function guessSoftware(banner: string | null, ehloLines: readonly string[]): Software | null {
  for (const text of [...(banner === null ? [] : [banner]), ...ehloLines]) {
    for (const [pattern, name] of MARKS) {
      const match = pattern.exec(text)
      if (match) return { name: name(match), because: match[0].trim() }
    }
  }
  return null
}

function withVersion(name: string, version: string | undefined): string {
  return version === undefined ? name : `${name} ${version}`
}
