import { MAYBE, SURE, type Table } from '#shared/explain/row.ts'

/** Proofpoint, Mimecast, Barracuda, Cisco, Trend Micro and amavis. */
export const FILTERS: Table = {
  sources: [
    'https://ipcheck.proofpoint.com/',
    'https://mimecastsupport.zendesk.com/hc/en-us/articles/34000709564691-Policies-Mimecast-SMTP-Error-Codes',
    'https://www.barracudacentral.org/lookups',
    'https://www.talosintelligence.com/',
    'https://servicecentral.trendmicro.com/',
  ],
  rows: [
    [
      'content-rejected-spam',
      SURE,
      `
      mail is rejected by … spam | message content rejected, ube | mimecast … spam | barracuda … spam |
      proofpoint … spam | rejected by header based | anti-spoofing policy | message rejected by … content |
      mailscanner | email rejected due to security policies | security policies | denied (mode: normal)
      `,
    ],
    [
      'greylisted',
      SURE,
      `
      ironport … grey | mimecast … grey | #id-5.9.4 | internal resource temporarily unavailable -
      https://community.mimecast
      `,
    ],
    [
      'policy-dmarc-fail',
      SURE,
      `
      not accepted for policy reasons … dmarc | mail … cannot be accepted … dmarc | dmarc failure | fails dmarc
      `,
    ],
    [
      'policy-ip-blocklisted',
      SURE,
      `
      prs.proofpoint.com | ipcheck.proofpoint.com | dynamic reputation | blocked by proofpoint |
      barracudanetworks.com/reputation | b.barracudacentral.org | mimecast … blacklist | ip blacklisted |
      senderbase … poor | poor reputation and is blocked | cisco … blocked | trend micro … rbl | ip address
      blacklisted by recipient | using trend micro .. reputation database
      `,
    ],
    ['policy-ip-blocklisted', MAYBE, `envelope blocked`],
    [
      'recipient-unknown',
      SURE,
      `
      recipient verification … failed | administrative prohibition - envelope blocked
      `,
    ],
  ],
}
