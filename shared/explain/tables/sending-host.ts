import { HINT, LIKELY, MAYBE, SURE, type Table } from '#shared/explain/row.ts'

/** What receivers say about the server that sends. */
export const SENDING_HOST: Table = {
  sources: [
    'https://www.spamhaus.org/faqs/',
    'https://www.uceprotect.net/en/',
    'https://www.rfc-editor.org/rfc/rfc5782',
    'https://www.postfix.org/postconf.5.html',
  ],
  rows: [
    [
      'policy-ip-blocklisted',
      SURE,
      `
      client host … blocked using | client [ … blocked using | blocked by … using | blocked for spamming issues |
      blacklisted | black listed | blocklisted | block list | blocklist | blacklist | black list | blackhole |
      listed at | in an rbl | in rbl | on rbl | an rbl | dnsbl | rbl: | rbl restriction | spamhaus | spamcop |
      barracudacentral | barracuda reputation | sorbs.net | uceprotect | psbl. | abuseat.org | cbl. | senderscore
      | invaluement | mailspike | spameatingmonkey | surriel | manitu | njabl | backscatterer | nixspam |
      ix.dnsbl | real-time blackhole | banned sending ip | ip address is banned | ip address has been blocked |
      ip has been blocked | ip address is blocked | ip address blocked | ip is blocked | ip blocked | blocked ip
      | blocked by ip | sending ip address … blocked | your ip … blocked | your server ip address is in | ip …
      denied by | your ip … is in | your host … blocked | host is blocked | server is blocked | part of their
      network is on our block | access denied by ip | bloquee | bloqueada | your network is … block | dynamic ip
      | dynamic/residential | ip in blacklist | prohibited ip | unsolicited mail sources | spammer list |
      realtime block list | real time block list | rejected by the … block | geographical location | sou-001 |
      ou-001 | sc-001 | sc-002 | dy-001 | dy-002 | problem occurred … (bl) | _is_blocked | identified as spammer
      | currently sending spam | not authorized to send email directly | ip you're using to send mail is not
      authorized | found on one or more | found in dns | on blacklist | in the blacklist | spam source | dul. |
      sbl- | zen. | mail-abuse | abusix | hostkarma | blocked by spam | client address … blocked | email blocked
      by | is in a black list | listing in | mail from ip … rejected | ip … has been banned | poor reputation
      sender | blocked for abuse | {blocked, rejected, refused, listed, denied} .. {blocklist, blacklist, block
      list, black list, dnsbl, rbl, threat list, spam list, drop list} | banned sender[ | banned sender [ |
      access denied, banned sender[ | access denied, banned sender [
      `,
    ],
    [
      'policy-ip-blocklisted',
      LIKELY,
      `
      blocked using | bad ip | bad sender ip | no access from mail server | not currently accepting mail from
      your ip | not accepting mail from your | use the smtp server of your | use your isp's | use your provider's
      mail server | open proxy | listed as abusive | spams from your ip | spam from your ip | not allowed to
      connect | connection rejected by policy | ip address … rejected | ip address is not allowed | ip is banned
      | banned ip | your host is blacklisted | your ip … denied | dial-up | residential ip | not welcome here |
      {your ip, ip address, sending ip, source ip, client ip, sender ip, connecting ip, your host, your server,
      your network, your mail server, ip} .. {blocked, blacklisted, blocklisted, block-listed, block listed,
      black-listed, banned, is listed, in prison, not welcome} | intrusion prevention | (rly: | (con: | (dyn: |
      (hvu: | forbidden by your ip | no access {for, from} {this, your} {ip, ip address, host}
      `,
    ],
    [
      'policy-ip-blocklisted',
      MAYBE,
      `
      client host rejected: access denied | client host rejected | your access to this mail system has been
      rejected | access rejected | connection refused by policy | connections will not be accepted from |
      connections not accepted from | not accepting connections | rejected because of your ip | no smtp service
      here | your ip address | spam … ip | mail from … rejected | mail from … refused | blocked … network |
      refused … ip | your country | denied [ | banned by | unauthorized ip | pbl | xbl | is listed | listed by |
      listed on | listed in | locally blocked | blocked by administrator | administratively denied | refused to
      talk to me: 554 | dialup | ask your postmaster for help | rejected using | {mail from, email from, messages
      from, message from, mails from} .. {blocked, not allowed, denied, refused, banned} | invalid ip | ip is
      rejected | host network not allowed | network not allowed
      `,
    ],
    ['policy-ip-blocklisted', HINT, `blocked | access denied`],
    [
      'policy-low-reputation',
      SURE,
      `
      low reputation | bad reputation | poor reputation | reputation of | ip reputation | sender reputation |
      domain reputation | due to reputation | reputation score | reputation is | reputation too | reputation
      filter | reputation of your | reputation block | has been temporarily deferred due to | user complaints |
      unusual traffic | unexpected volume | ts01 | ts02 | ts03 | tss04 | tss05 | tss09 | tss11 | traffic not
      accepted from this ip | senderbase | sender score | ip warming | suspicious due to | suspicious activity
      from | complaint rate | csi.cloudmark | cdrbl | aup# | bad sending reputation | dynamic reputation | poor
      email reputation | has been temporarily rate limited | unusual rate of unsolicited mail originating | rate
      of unsolicited mail | deferred … reputation | reputation … deferred | reputation … blocked | spam …
      reputation | poor sender | sender rating | sending mta's poor reputation | mta's poor reputation | spammy …
      ip | history of spam | no reputation | missing a reputation | {complaint, complaints} .. too high
      `,
    ],
    [
      'policy-low-reputation',
      MAYBE,
      `
      reputation | cloudmark | trust level | has a poor | newly registered | not trusted | complaints | mail
      volume | suspicious … ip | traffic from your
      `,
    ],
    [
      'policy-ptr-missing',
      SURE,
      `
      ptr record | ptr resource record | reverse dns | reverse-dns | reverse hostname | reverse lookup | reverse
      address | ip name lookup failed | cannot find your reverse hostname | cannot find your hostname | no ptr |
      missing ptr | ptr lookup | does not have a ptr | in-addr.arpa | ip6.arpa | no reverse | invalid reverse |
      lack of reverse | generic ptr | fcrdns | iprev | unresolvable relay host name | client host … cannot be
      resolved | fix reverse | forward confirmed | without rdns | domain name of your ip | cannot resolve your
      address | unable to find your reverse | can't find your hostname | no rdns | reverse mapping | reverse
      record | reverse … dns | no dns record for your ip | forward-confirmed | forward dns … not | your ip … no
      hostname | lacks a reverse | rdns/ptr | ptr/rdns | without reverse | cannot find your reverse | valid
      reverse | sender ip reverse lookup | unresolvable ip | must have a valid hostname | host … not found in dns
      … client | dns … ptr | {no, missing, invalid, bad, without, lacks, lacking} .. {ptr, rdns, reverse dns,
      reverse hostname} | {reverse, ptr, rdns} .. {missing, mismatch, not found, not exist, n't exist, required,
      not match, n't match} | (dns:nr
      `,
    ],
    [
      'policy-ptr-missing',
      LIKELY,
      `
      ptr | hostname lookup failed | host name lookup | rdns | mismatches client ip | ip name possibly forged |
      name lookup failed | ptr … missing | ptr … mismatch | reverse lookup … fail | reverse … not found | reverse
      … does not match | hostname does not resolve | {ip, address, client} .. {no name, no hostname, no host
      name, no dns name}
      `,
    ],
    ['policy-ptr-missing', MAYBE, `does not resolve to | ip … does not resolve`],
    [
      'recipient-dnsbl-misconfigured',
      SURE,
      `
      error: open resolver | open resolver | query refused | excessive number of queries | returnc/pub |
      127.255.255.25 | public/open resolver | queries from public resolver | public dns resolver | typing error
      in dnsbl | refused.shtml | your dns ip | using a public dns | public resolver | dns resolver … blocked |
      127.0.0.1 -> query | spamhaus … open/public | you are using a public | unusable … dnsbl
      `,
    ],
  ],
}
