import { LIKELY, MAYBE, SURE, type Table } from '#shared/explain/row.ts'

/** What servers say about amounts and about trying again. */
export const LIMITS: Table = {
  sources: [
    'https://www.postfix.org/postconf.5.html',
    'https://www.postfix.org/anvil.8.html',
    'https://www.exim.org/exim-html-current/doc/html/spec_html/',
    'https://www.rfc-editor.org/rfc/rfc6647',
  ],
  rows: [
    [
      'greeting-rejected-rate-limited',
      SURE,
      `
      too many connections | too many simultaneous connections | too many concurrent connections | too many
      concurrent smtp connections | too many concurrent sessions | too many sessions | too many open connections
      | too many ip connections | maximum number of concurrent connections | maximum concurrent connections |
      concurrent connections per | max connections | maximum number of connections | maximum connections |
      connection rate limit | connection rate exceeded | connection limit | connection limit exceeded |
      connection count | connecting too often | connects too often | too many connection | all server ports are
      busy | exceeded the connection | too many smtp sessions | maximum connection limit | trop de connexions |
      too many open sessions | too many connections from your | exceeded the rate limit … connect | simultaneous
      connections | simultaneous sessions | too many hosts | connect rate | connecting too | too much load …
      connection | connection throttl | connections at once | server is too busy to accept
      `,
    ],
    [
      'greeting-rejected-rate-limited',
      LIKELY,
      `
      resources restricted | already connected | connects from | number of connections | open connections |
      connections from your | connections per | concurrent connections | concurrent session
      `,
    ],
    [
      'greylisted',
      SURE,
      `
      greylist | graylist | grey list | gray list | grey-list | gray-list | greylisting | postgrey | grey.rbl |
      first contact | first time sender | unfamiliar sender | try again in … seconds | try again in … minutes |
      retry in … seconds | please retry in | retry after | come back later | deferred for … seconds | deferred
      for … minutes | temporarily deferred, please | rejected temporarily, retry | temporary reject | deferred …
      try again in | retry your message in | wait … before retrying | try again in a few minutes | come back in |
      please come back | not yet whitelisted | triplet | temporarily blocked … seconds | retry later in | retry
      again in | unknown sender … try again | gl/gl
      `,
    ],
    [
      'greylisted',
      LIKELY,
      `
      {450, 451} 4.7.1 {try again, please try again} | 4.2.0 .. {try again, retry} | temporarily rejected rcpt
      `,
    ],
    [
      'greylisted',
      MAYBE,
      `
      please try again later | please retry later | try later | temporarily rejected. try again later |
      temporarily deferred | deferred | soft reject | first try | delayed for | delayed: | resubmit | minutes
      before | in 5 minutes | not yet authorized to deliver
      `,
    ],
    [
      'rate-limited-or-quota',
      SURE,
      `
      too many login attempts | too many failed login | too many login failures | too many failed auth | too many
      authentication failures | too many auth attempts | too many bad auth | too many failed attempts | too many
      attempts | too many authentication attempts | authenticate too many times | login rate limit |
      authentication rate limit | maximum login attempts | too many invalid logins | authentication attempts
      exceeded | login frequency limited | too many wrong | auth rate limit | rate limit | rate-limit | ratelimit
      | rate limited | rate exceeded | message rate | sending rate | send rate | send limit | sending limit |
      sending quota | daily limit | daily quota | daily user sending | daily message quota | daily sending |
      daily smtp | monthly limit | monthly quota | messages per connection | message per connection | too many
      recipients | too many recipient | too many mails | too many emails | too many mail | too many e-mails | too
      many rcpt | too many concurrent | too many requests | too many transactions | too many invalid recipients |
      too many unknown | too many bad recipients | too much mail | too many smtp | too frequent | frequency
      limited | frequency limit | excessive volume | exceeded permitted limits | exceeded its limit | exceeded
      your | exceeded the quota for sending | submission quota exceeded | message submission rate | recipient
      limit | recipients limit | recipient rate limit | maximum number of recipients | number of recipients |
      maximum number of messages | maximum email send | maximum sending | max emails per | max defers and
      failures | message limit | quota for sending | throttling failure | concurrent connections limit exceeded |
      concurrent connection limit | receiving mail at a rate | receiving mail too quickly | sending mail too
      quickly | unusual rate | volume … exceed | excessive message rate | outgoing limit | over the limit |
      exceeded … messages | connection frequency | slowdown | policyd quota | too many sessions … messages |
      recipients per message | maximum number of recipients exceeded | exceeded the maximum number of recipients
      | exceeds per-domain | max emails | peak smtp relay limit | email quota exceeded | size per transaction
      exceeded | your message has too many recipients | exceeded the max | sent too many | sending too many | too
      quickly | rp-001 | rp-002 | rp-003 | message quota | messages quota | mail limit | relay limit | relay
      quota | smtp limit | send quota | receiving too | throttled | resend your message at a later time |
      unsubscribed … limit | transaction limit | recipient count | recipient quota | {request, requests} limit |
      number of invalid recipients | queue quota | {messages, mails, emails} per {session, connection}
      `,
    ],
    [
      'rate-limited-or-quota',
      LIKELY,
      `
      numerous attempts | too fast | outbound … limit | policy … recipients | you have exceeded | policy
      rejection … quota | try again slower | slow down | too many errors from | too many sessions | trop de
      connexions | too many emails per | emails per hour | messages per hour | per hour | per day | hourly limit
      | message from … temporarily deferred | messages from … temporarily deferred | too many {messages, emails,
      mails, e-mails, recipients, requests, attempts, logins, failures, errors, transactions, authentications} |
      {sending, send, hourly, daily, monthly, message, messages, email, emails, mail, recipient, recipients,
      outgoing, outbound, rate, 24-hour, relay} {limit, quota, rate} .. {exceed, reached, hit} | {exceeded,
      exceeds, exceed, reached, hit, over} .. {sending, send, hourly, daily, monthly, message, messages, email,
      outgoing, outbound, 24-hour, relay} {limit, limits, quota, rate} | only .. {messages, emails, mails,
      recipients} .. {per day, per hour, per minute} | {messages, emails, mails, recipients} .. {per hour, per
      day, per minute, per second} | {exceeded, exceeds, exceed, over} {your, its, his, their} .. {quota, limit}
      | recipients .. {transaction, per message, at once, at a time, per session} | {daily, hourly, monthly} ..
      {allowance, maximum} .. {reached, used, exceed}
      `,
    ],
    [
      'rate-limited-or-quota',
      MAYBE,
      `
      quota | limit | too many | frequency | hourly | per minute | per second | throttl | reached … limit | limit
      reached | limit exceeded | over limit | exceeded the limit | maximum recipients | emails per | mails per |
      too many messages | too many errors | too many bad commands
      `,
    ],
  ],
}
