import { HINT, LIKELY, MAYBE, SURE, type Table } from '#shared/explain/row.ts'

/** What resolvers and sockets say, in the words of operating systems and language runtimes. */
export const NAMES_AND_SOCKETS: Table = {
  sources: [
    'https://man7.org/linux/man-pages/man3/getaddrinfo.3.html',
    'https://man7.org/linux/man-pages/man3/errno.3.html',
    'https://learn.microsoft.com/windows/win32/winsock/windows-sockets-error-codes-2',
    'https://pkg.go.dev/net',
  ],
  rows: [
    [
      'connect-network-unreachable-ipv6',
      SURE,
      `
      enetunreach | network is unreachable | network unreachable | unreachable network | 10051 | eafnosupport |
      address family not supported | cannot assign requested address | eaddrnotavail | 10049 | errno 101 | 10047
      | no route to host … ipv6 | ipv6 … unreachable | ipv6 … no route | 10065
      `,
    ],
    [
      'connect-network-unreachable-ipv6',
      LIKELY,
      `ehostunreach … : | unreachable host … : | network is down | enetdown`,
    ],
    ['connect-network-unreachable-ipv6', MAYBE, `no route to host | host is unreachable`],
    [
      'connect-refused',
      SURE,
      `
      econnrefused | connection refused | connectionrefusederror | actively refused | 10061 | errno 111 | [errno
      61] | connect failed: refused | wsaeconnrefused | connection could not be established with host … refused |
      no connection could be made because | kein verbindungsaufbau | connexion refus | connection was refused
      `,
    ],
    [
      'connect-refused',
      LIKELY,
      `
      refused the connection | refused connection | ms: couldn't connect to server | connectionrefused
      `,
    ],
    ['connect-refused', MAYBE, `failed to connect to mailserver at`],
    [
      'connect-timeout-port-blocked',
      SURE,
      `
      connect etimedout | connection timed out | connect timed out | connecttimeout | dial tcp … i/o timeout |
      connect timeout | curl: (28) | net::opentimeout | execution expired | 10060 | did not properly respond after a period of
      time | operation timed out | errno 110 | (110) | connection attempt timed out | failed to connect … timed
      out | timed out while connecting | timed out connecting | connect to … timed out | did not accept our
      requests to connect | port 25 is blocked | blocks port 25 | blocking port 25 | outbound port 25 | semaphore
      timeout period has expired | could not connect … timeout
      `,
    ],
    [
      'connect-timeout-port-blocked',
      MAYBE,
      `
      etimedout | timed out | i/o timeout | connection timeout | timeouterror | timeout was reached | no route to
      host | ehostunreach | unable to connect | could not connect to smtp host | failed to connect to | couldn't
      connect to host | smtp connect() failed
      `,
    ],
    ['connect-timeout-port-blocked', HINT, `timeout | could not connect | can't connect | cannot connect`],
    [
      'dns-host-not-found',
      SURE,
      `
      enotfound | nxdomain | name or service not known | nodename nor servname provided | no such host is known |
      no such host | unknownhostexception | unknown host | could not resolve host | couldn't resolve host |
      cannot resolve host | unable to resolve host | failed to resolve host | failed to lookup address
      information: name or service | no address associated with hostname | no address associated with name |
      cannot locate host | unable to locate server | the remote name could not be resolved | wsahost_not_found |
      11001 | getaddrinfo failed | eai_noname | {mail server, smtp server, server name, host name} {could not, cannot} be resolved | {can't, cannot, could not, couldn't, unable to, failed to} resolve .. {smtp, mail} server | nodename nor servname | no data record of requested type | name
      does not resolve | non-existent domain | no dns entry | hostname cannot be resolved | server dns address
      could not be found | enodata | dns name does not exist
      `,
    ],
    ['dns-host-not-found', LIKELY, `error connecting to … invalid hostname`],
    [
      'dns-temporary-failure',
      SURE,
      `
      eai_again | temporary failure in name resolution | temporary failure resolving | servfail | host not found,
      try again | querya etimeout | queryaaaa etimeout | querya econnrefused | querya eservfail | querya erefused | #53: timed out | no servers could be reached | queryaaaa erefused | queryaaaa eservfail | querya
      etimedout | querymx etimeout | eservfail | server misbehaving | try_again | wsatry_again | 11002 | dns
      timeout | dns query timed out | dns lookup timed out | resolver failure | resolving timed out | name
      resolution timed out | lookup … i/o timeout | lookup … connection refused | lookup … server misbehaving |
      temporary dns error | temporary lookup failure | dns server returned an error | a temporary error occurred
      on an authoritative name server | name service error … try again | name server reply | resolver … timed out
      | dns … timed out | host name lookup failure | name resolution … temporar | dns server … not respond
      `,
    ],
    [
      'greeting-timeout',
      LIKELY,
      `
      greeting never received | timeout waiting for the greeting | timed out waiting for greeting | timed out
      while receiving the initial server greeting | timeout while waiting for the initial server greeting | timed
      out waiting for initial server greeting | timed out reading greeting | no greeting | did not receive
      greeting | greeting timed out | greeting timeout | greet_wait | greet delay | greet_pause | smtp connection
      time | waiting for smtp banner | timed out waiting for 220 | timeout waiting for 220 | banner delay | slow
      banner | banner timeout | initial greeting | no 220 | connected to .. <** timeout ( | waiting for {the 220, a 220, the banner, a banner, banner, the greeting, a greeting} | smtp host … response: -1
      `,
    ],
    ['greeting-timeout', HINT, `readtimeout | read timed out | read timeout`],
  ],
}
