/** Who says it: mail providers, receivers and server programs, by host name or by what gives them away in a text. */

const HOSTS: readonly (readonly [suffix: string, speaker: string])[] = [
  ['smtp-mail.outlook.com', 'outlook.com'],
  ['hotmail.com', 'outlook.com'],
  ['mail.protection.outlook.com', 'microsoft365'],
  ['office365.com', 'microsoft365'],
  ['outlook.com', 'microsoft365'],
  ['gmail.com', 'gmail'],
  ['google.com', 'gmail'],
  ['googlemail.com', 'gmail'],
  ['amazonaws.com', 'ses'],
  ['amazonses.com', 'ses'],
  ['yahoo.com', 'yahoo'],
  ['yahoodns.net', 'yahoo'],
  ['aol.com', 'aol'],
  ['me.com', 'icloud'],
  ['icloud.com', 'icloud'],
  ['sendgrid.net', 'sendgrid'],
  ['mailgun.org', 'mailgun'],
  ['postmarkapp.com', 'postmark'],
  ['brevo.com', 'brevo'],
  ['sendinblue.com', 'brevo'],
  ['mailjet.com', 'mailjet'],
  ['mandrillapp.com', 'mandrill'],
  ['sparkpostmail.com', 'sparkpost'],
  ['resend.com', 'resend'],
  ['smtp2go.com', 'smtp2go'],
  ['mailersend.net', 'mailersend'],
  ['mailtrap.io', 'mailtrap'],
  ['zoho.com', 'zoho'],
  ['zoho.eu', 'zoho'],
  ['zoho.in', 'zoho'],
  ['fastmail.com', 'fastmail'],
  ['messagingengine.com', 'fastmail'],
  ['protonmail.ch', 'proton'],
  ['gmx.net', 'gmx'],
  ['gmx.com', 'gmx'],
  ['web.de', 'web.de'],
  ['ionos.com', 'ionos'],
  ['ionos.de', 'ionos'],
  ['kundenserver.de', 'ionos'],
  ['t-online.de', 't-online'],
  ['orange.fr', 'orange.fr'],
  ['laposte.net', 'laposte'],
  ['ovh.net', 'ovh'],
  ['yandex.ru', 'yandex'],
  ['yandex.com', 'yandex'],
  ['yandex.net', 'yandex'],
  ['mail.ru', 'mail.ru'],
  ['qq.com', 'qq'],
  ['163.com', '163.com'],
  ['126.com', '163.com'],
  ['secureserver.net', 'godaddy'],
  ['pphosted.com', 'proofpoint'],
  ['mimecast.com', 'mimecast'],
  ['barracudanetworks.com', 'barracuda'],
  ['messagelabs.com', 'emailsecuritycloud'],
  ['comcast.net', 'comcast'],
  ['cox.net', 'cox'],
]

const WORDS: readonly (readonly [fragment: string, speaker: string])[] = [
  ['gsmtp', 'gmail'],
  ['support.google.com', 'gmail'],
  ['mail.google.com', 'gmail'],
  ['workspace smtp relay', 'gmail'],
  ["google's message size", 'gmail'],
  ['gmail', 'gmail'],
  ['.prod.outlook.com', 'microsoft365'],
  ['protection.outlook.com', 'microsoft365'],
  ['aka.ms/', 'microsoft365'],
  ['office365.com', 'microsoft365'],
  ['smtpclientauthentication', 'microsoft365'],
  ['for the tenant', 'microsoft365'],
  ['aadsts', 'microsoft365'],
  ['postmaster.live.com', 'outlook.com'],
  ['sendasdenied', 'microsoft365'],
  ['resolver.rst', 'exchange'],
  ['resolver.adr', 'exchange'],
  ['storedrv', 'exchange'],
  ['amazonses', 'ses'],
  ['email-smtp.', 'ses'],
  ['identities failed the check in region', 'ses'],
  ['postmaster.yahoo.com', 'yahoo'],
  ['yahoodns.net', 'yahoo'],
  ['#auth005', 'yahoo'],
  ['yahoo', 'yahoo'],
  ['verified sender identity', 'sendgrid'],
  ['maximum credits exceeded', 'sendgrid'],
  ['sendgrid', 'sendgrid'],
  ['sandbox subdomains', 'mailgun'],
  ['mailgun', 'mailgun'],
  ['postmark', 'postmark'],
  ['brevo', 'brevo'],
  ['sendinblue', 'brevo'],
  ['icloud.com', 'icloud'],
  ['support.apple.com', 'icloud'],
  ['smtp2go', 'smtp2go'],
  ['zoho', 'zoho'],
  ['csi.cloudmark', 'cloudmark'],
  ['ofr00', 'orange.fr'],
  ['cmsmtp', 'cloudmark'],
  ['proofpoint', 'proofpoint'],
  ['mimecast', 'mimecast'],
  ['barracuda', 'barracuda'],
  ['spamhaus', 'spamhaus'],
  ['messagelabs', 'emailsecuritycloud'],
  ['postmaster.gmx', 'gmx'],
  ['service.mail.qq.com', 'qq'],
  ['mail.163.com', '163.com'],
  ['help.mail.ru', 'mail.ru'],
  ['yandex', 'yandex'],
  ['secureserver.net', 'godaddy'],
  ['rambler', 'rambler'],
  ['postgrey', 'postgrey'],
  ['hmailserver', 'hmailserver'],
  ['opensmtpd', 'opensmtpd'],
  ['dovecot', 'dovecot'],
  ['exim', 'exim'],
  ['postfix', 'postfix'],
  ['relay access denied', 'postfix'],
  ['helo command rejected', 'postfix'],
  ['in virtual mailbox table', 'postfix'],
  ['in virtual alias table', 'postfix'],
  ['in local recipient table', 'postfix'],
  ['in relay recipient table', 'postfix'],
  ['unrouteable address', 'exim'],
  ['sender verify failed', 'exim'],
  ['sendmail', 'sendmail'],
  ['relaying denied', 'sendmail'],
  ["isn't in my list of allowed rcpthosts", 'qmail'],
]

/** The speaker behind a host name, by its domain; null when none is known. */
export function speakerOfHost(host: string): string | null {
  const name = host.toLowerCase().replace(/\.$/, '')
  return HOSTS.find(([suffix]) => name === suffix || name.endsWith(`.${suffix}`))?.[1] ?? null
}

/** The speaker that a text gives away; `text` is normalised. */
export function speakerInText(text: string): string | null {
  const said = text.replace(ADDRESSEE, ' ')
  return WORDS.find(([fragment]) => said.includes(fragment))?.[1] ?? null
}

/** Whom a message goes to does not tell who refused it. */
const ADDRESSEE = /(?:<|\bto=|region \S{1,30}: ?)[^\s<>@]{1,64}@[^\s<>]{1,255}/g

/** Providers whose public certificates always verify: if one does not, somebody stands between. */
export function isLargeProvider(speaker: string | null): boolean {
  return (
    speaker !== null &&
    [
      'gmail',
      'microsoft365',
      'outlook.com',
      'yahoo',
      'aol',
      'icloud',
      'ses',
      'sendgrid',
      'mailgun',
      'fastmail',
    ].includes(speaker)
  )
}

const SENDING_SERVICES = [
  'ses',
  'sendgrid',
  'mailgun',
  'postmark',
  'brevo',
  'mailjet',
  'mandrill',
  'sparkpost',
  'resend',
  'smtp2go',
  'mailersend',
  'mailtrap',
]

/** Services that send for programs: they have customers where others have mailboxes. */
export function isSendingService(speaker: string | null): boolean {
  return speaker !== null && SENDING_SERVICES.includes(speaker)
}
