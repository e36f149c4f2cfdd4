import type { Locator, Page } from 'playwright-core'

export const CANARY = 'canary-8Hd'

/** Refused by msmtp for one misspelt word. */
export const BAD = `# mine
defaults
auth on
tls on
tls_trust_file /etc/ssl/certs/ca-certificates.crt

account work
hsot smtp.example.com
port 587
user ann@example.com
from ann@example.com
domain example.com
password ${CANARY}

account home : work
host smtp.home.example
from *@home.example
account default : work
`

export function editor(page: Page): Locator {
  return page.getByRole('textbox', { name: 'msmtprc', exact: true })
}

export function problems(page: Page): Locator {
  return page.getByRole('list', { name: 'Problems' })
}
