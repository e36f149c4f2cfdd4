import { ACCOUNT_JSON } from '#shared/formats/account-json.ts'
import { PROXMOX, TRUENAS, VERGEOS } from '#shared/formats/appliances.ts'
import { EXIM } from '#shared/formats/exim.ts'
import type { Format } from '#shared/formats/format.ts'
import { DJANGO_PY, RAILS_RB, SPRING_PROPERTIES } from '#shared/formats/frameworks.ts'
import { GIT_SEND_EMAIL } from '#shared/formats/git-send-email.ts'
import { GITLAB_RB } from '#shared/formats/gitlab-rb.ts'
import { GITEA_INI, GRAFANA_INI } from '#shared/formats/go-apps-ini.ts'
import { KEYCLOAK_JSON } from '#shared/formats/keycloak-json.ts'
import { MATTERMOST_ENV, MATTERMOST_JSON } from '#shared/formats/mattermost.ts'
import { MSMTPRC } from '#shared/formats/msmtprc.ts'
import { NETHSERVER_JSON } from '#shared/formats/nethserver-json.ts'
import { NODEMAILER_JSON } from '#shared/formats/nodemailer-json.ts'
import { OPENSMTPD } from '#shared/formats/opensmtpd.ts'
import { NEXTCLOUD_PHP, WORDPRESS_PHP } from '#shared/formats/php-apps.ts'
import { POSTFIX } from '#shared/formats/postfix.ts'
import { DMA, ESMTP, NULLMAILER, SSMTP } from '#shared/formats/small-mailers.ts'
import { SMTP_URL } from '#shared/formats/smtp-url.ts'
import { SWAKS } from '#shared/formats/swaks.ts'
import { SYMFONY_DSN } from '#shared/formats/symfony-dsn.ts'
import { AUTHENTIK_ENV, GHOST_ENV, LARAVEL_ENV, VAULTWARDEN_ENV } from '#shared/formats/web-apps-env.ts'
import { DISCOURSE, HOME_ASSISTANT, JENKINS } from '#shared/formats/yaml-apps.ts'

export const FORMATS: readonly Format[] = [
  MSMTPRC,
  ACCOUNT_JSON,
  SMTP_URL,
  NODEMAILER_JSON,
  NETHSERVER_JSON,
  TRUENAS,
  VERGEOS,
  MATTERMOST_JSON,
  MATTERMOST_ENV,
  POSTFIX,
  EXIM,
  OPENSMTPD,
  SSMTP,
  NULLMAILER,
  DMA,
  ESMTP,
  GRAFANA_INI,
  GITEA_INI,
  GITLAB_RB,
  NEXTCLOUD_PHP,
  DISCOURSE,
  GHOST_ENV,
  VAULTWARDEN_ENV,
  AUTHENTIK_ENV,
  KEYCLOAK_JSON,
  WORDPRESS_PHP,
  DJANGO_PY,
  RAILS_RB,
  LARAVEL_ENV,
  SYMFONY_DSN,
  SPRING_PROPERTIES,
  HOME_ASSISTANT,
  JENKINS,
  GIT_SEND_EMAIL,
  PROXMOX,
  SWAKS,
]

export function formatById(id: string): Format | null {
  return FORMATS.find(format => format.id === id) ?? null
}
