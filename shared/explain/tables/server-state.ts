import { HINT, LIKELY, MAYBE, SURE, type Table } from '#shared/explain/row.ts'

/** What servers say about themselves. */
export const SERVER_STATE: Table = {
  sources: [
    'https://www.rfc-editor.org/rfc/rfc3463',
    'https://www.rfc-editor.org/rfc/rfc5321',
    'https://www.postfix.org/postconf.5.html',
    'https://www.exim.org/exim-html-current/doc/html/spec_html/',
  ],
  rows: [
    [
      'mail-loop',
      SURE,
      `
      hop count | too many hops | routing loop | mail loop | loops back | loop detected | loop detect | mail
      forwarding loop | forwarding loop | too many received | maximum forwarding | loop count | possible loop |
      message is looping | exceeded maximum number of hops | loop to myself | loops to myself | mail for … loops
      back | hop limit | hops exceeded | exceeded … hops | maximum hops | mail loops | routing loop … detected |
      too many 'received' | too many "received" | message looping | 5.4.14 | maximum hop | delivery loop |
      infinite loop | redirect loop | loops to itself | {too many, maximum, exceeded, max} .. {hops, hop count,
      received headers, 'received' headers, "received" headers, received: headers, received lines} | {mail,
      message, routing, forwarding, delivery, redirect} loop
      `,
    ],
    ['mail-loop', MAYBE, `delivered-to | circular | loop ( | 5.4.6 | looping | hops`],
    [
      'server-shutting-down-or-idle-timeout',
      LIKELY,
      `
      timeout exceeded | timeout - closing connection | idle timeout | idle for too long | idle too long |
      timeout waiting for | shutting down | service closing | service stopping | command timeout | data timeout |
      timeout on connection | connection dropped | conversation … timed out | connection lost | connection
      unexpectedly closed | connection closed unexpectedly | connection closed by foreign host | unexpected eof |
      unexpected end of file | server closed the connection | server disconnected | smtpserverdisconnected |
      smtpserverdisconnect | please run connect() first | unexpected socket close | remote host closed | closed
      connection in response | connection has been closed | timed out while sending | timed out while receiving |
      premature end-of-input | stale connection | server shutting down | system shutdown | going down | service
      shutting down | idle connection | connection idle | pooled connection | connection timed out due to
      inactivity | timeout waiting for client input | timed out waiting for client | error: timeout exceeded |
      smtp timeout | no data received … seconds | stream closed | unexpected socket | connection has been reset |
      server unexpectedly closed | server closed connection | closed the connection unexpectedly | closing … idle
      | takes too long | unexpectedly disconnected | unexpected end of | 421 service not available, closing |
      service not available, closing transmission | [eof] | lost connection with … while | session .. lifetime | maximum lifetime | waiting for
      data from client
      `,
    ],
    [
      'server-shutting-down-or-idle-timeout',
      MAYBE,
      `
      closing connection | closing transmission channel | econnreset | connection reset by peer | connection
      aborted | lost connection | socket closed | socket close | eoferror | epipe | broken pipe | server
      terminates connection | terminated connection | connection is closed | connection was closed | timed out
      while waiting for | can't send command to smtp host | unable to read data from the transport connection |
      net_io_connectionclosed
      `,
    ],
    [
      'server-shutting-down-or-idle-timeout',
      HINT,
      `
      eof |       idle | connection closed | end of file | shutdown | inactivity | not connected | read error
      `,
    ],
    [
      'server-temporary-error',
      SURE,
      `
      temporary lookup failure | temporary system problem | temporary local problem | temporary internal | try
      again later … internal error | server configuration problem | internal server error
      `,
    ],
    [
      'server-temporary-error',
      LIKELY,
      `
      insufficient disk space | insufficient system | insufficient resources | insufficient storage | not enough
      disk space | no space left on device | server busy | server is busy | server too busy | system busy |
      system load | load average | load too high | temporary failure | temporary error | temporary problem |
      temporary server | temporarily unavailable | temporary authentication failure | temporarily unable | local
      error in processing | server configuration error | queue file write error | service currently unavailable |
      service temporarily unavailable | out of memory | resources temporarily unavailable | unable to process |
      system not available | system not accepting | could not be processed at this time | unexpected failure |
      database error | error: queue | not currently available | retry timeout exceeded | delivery time expired |
      retry time not reached | not able to … at this time | service is unavailable | cannot authenticate due to
      temporary | temporary auth | try again in a moment | 4.3.0 temporary | currently unable | unable to … right
      now | queue full | disk full | system storage | no resources | resource … unavailable | error: insufficient
      | unable to queue | mail server temporarily rejected | multiple destination domains | processing failed |
      verification is temporarily | delayed … retrying | delivery failed … retry time | retry time not | domain
      lookup … defer | disk is full | system {failure, error}
      `,
    ],
    [
      'server-temporary-error',
      0.7,
      `
      {temporary, temporarily, transient} .. {error, failure, problem, unavailable, issue, fault, overload}
      `,
    ],
    [
      'server-temporary-error',
      MAYBE,
      `
      message expired | delivery temporarily suspended | service not available
      `,
    ],
    [
      'server-temporary-error',
      HINT,
      `
      temporarily | temporary | service unavailable | resources | backend | ldap | milter | maintenance | try
      again later | internal error | local error | unexpected error | please retry | callout | cannot open |
      server error | spool | requested action aborted | problem with … server | could not complete
      `,
    ],
  ],
}
