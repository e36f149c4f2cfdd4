import { formatById } from '#shared/formats/all.ts'
import { TEXT_MAX_CHARACTERS, type Format } from '#shared/formats/format.ts'

/** What only this format has; the first that matches is taken, so narrow ones stand before wide ones. */
const SIGNS: readonly (readonly [id: string, sign: RegExp])[] = [
  ['smtp-url', /^\s*smtps?:\/\/\S+\s*$/i],
  ['symfony-dsn', /^[ \t]*(?:export[ \t]+)?MAILER_DSN=/m],
  ['nethserver-json', /^\s*\{[^]*"encrypt_smtp"\s*:/],
  ['mattermost-json', /^\s*\{[^]*"SMTPServer"\s*:/],
  ['keycloak-json', /^\s*\{[^]*"(?:smtpServer|fromDisplayName)"\s*:/],
  ['account-json', /^\s*\{[^]*"security"\s*:\s*"(?:none|starttls|tls)"/],
  ['nodemailer-json', /^\s*\{[^]*"(?:secure|requireTLS|ignoreTLS|auth)"\s*:\s*(?:true|false|\{)/],
  ['truenas', /\boutgoingserver=/],
  ['proxmox', /\bnotifications\/endpoints\/smtp\b/],
  ['swaks', /^\s*\S*\bswaks\s/],
  ['mattermost-env', /^[ \t]*(?:export[ \t]+)?MM_EMAILSETTINGS_/m],
  ['ghost-env', /^[ \t]*(?:export[ \t]+)?mail__options__host=/m],
  ['authentik-env', /^[ \t]*(?:export[ \t]+)?AUTHENTIK_EMAIL__/m],
  ['laravel-env', /^[ \t]*MAIL_HOST=/m],
  ['vaultwarden-env', /^[ \t]*(?:export[ \t]+)?SMTP_HOST=/m],
  ['discourse', /^[ \t]*DISCOURSE_SMTP_ADDRESS:/m],
  ['home-assistant', /^[ \t]*(?:-[ \t]+)?platform:[ \t]*smtp\b/m],
  ['jenkins', /^[ \t]*smtpHost:/m],
  ['wordpress-php', /\bWPMS_SMTP_HOST\b/],
  ['nextcloud-php', /['"]mail_smtphost['"]/],
  ['gitlab-rb', /\bgitlab_rails\[/],
  ['rails-rb', /\bsmtp_settings\b/],
  ['django-py', /^EMAIL_HOST[ \t]*=/m],
  ['spring-properties', /^[ \t]*spring\.mail\.host\b/m],
  ['git-send-email', /^[ \t]*\[sendemail\]/im],
  ['gitea-ini', /^[ \t]*SMTP_ADDR[ \t]*=/m],
  ['grafana-ini', /^[ \t]*\[smtp\]/m],
  ['postfix', /^relayhost[ \t]*=/m],
  ['exim', /^dc_smarthost=/m],
  ['opensmtpd', /\brelay host\b/],
  ['ssmtp', /^[ \t]*mailhub[ \t]*=/im],
  ['dma', /^SMARTHOST[ \t]/m],
  ['esmtp', /^[ \t]*hostname[ \t]*=/m],
  ['msmtprc', /^[ \t]*(?:account|host)[ \t]/m],
  ['nullmailer', /^[^\s#]\S*[ \t]+smtp(?:[ \t]|$)/m],
]

/** Which format a text is in, or null when it shows no sign of any that we read. */
export function detectFormat(text: string): Format | null {
  if (text.length > TEXT_MAX_CHARACTERS) return null
  const sign = SIGNS.find(([, pattern]) => pattern.test(text))
  return sign ? formatById(sign[0]) : null
}
