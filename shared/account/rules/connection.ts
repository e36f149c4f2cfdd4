import { portOf } from '#shared/account/port-of.ts'
import { ipFamilyOf, nameFaultMessage, parseHostName } from '#shared/account/domain-name.ts'
import { error, warning, type SettingsRule } from '#shared/account/rules/rule.ts'

const hostOrSocket: SettingsRule = settings =>
  settings.host === '' && settings.socket === null
    ? error('host', 'host-missing', 'there is no mail server', 'give its name, or a unix socket')
    : null

const hostName: SettingsRule = ({ host, socket }) => {
  if (host === '' || socket !== null || ipFamilyOf(host) !== null) return null
  const name = parseHostName(host)
  if (!name.ok)
    return error(
      'host',
      'host-malformed',
      nameFaultMessage(name.error),
      'give a name such as smtp.example.org, or an IP address',
    )
  return /^[\d.]+$/.test(name.value.ascii)
    ? error(
        'host',
        'host-malformed',
        `"${host}" is not an IPv4 address`,
        'an IPv4 address has four numbers from 0 to 255',
      )
    : null
}

const implicitTlsPort: SettingsRule = settings => {
  if (settings.socket !== null || settings.port !== 465 || settings.security === 'tls') return null
  return settings.security === 'starttls'
    ? warning(
        'security',
        'starttls-on-465',
        'port 465 speaks TLS from the start (RFC 8314), and STARTTLS waits there for a greeting that never comes',
        'choose TLS from the start',
        { security: 'tls' },
      )
    : warning(
        'security',
        'no-tls-on-465',
        'port 465 speaks TLS from the start (RFC 8314)',
        'choose TLS from the start',
        { security: 'tls' },
      )
}

const starttlsPort: SettingsRule = settings =>
  settings.socket === null && settings.security === 'tls' && (settings.port === 587 || settings.port === 25)
    ? warning(
        'security',
        'tls-on-starttls-port',
        `port ${settings.port} begins without encryption and is upgraded: TLS from the start fails there with "wrong version number"`,
        'choose STARTTLS',
        { security: 'starttls' },
      )
    : null

const lmtpPlace: SettingsRule = settings =>
  settings.protocol === 'lmtp' && settings.socket === null && settings.port === null
    ? error('port', 'lmtp-needs-port', 'LMTP has no port of its own', 'give a port (often 24) or a unix socket')
    : null

const lmtpOnSmtpPort: SettingsRule = settings =>
  // RFC 2033 section 5: LMTP must not be used on the TCP port 25.
  settings.protocol === 'lmtp' && settings.socket === null && settings.port === 25
    ? error(
        'port',
        'lmtp-on-25',
        'LMTP must not be spoken on port 25 (RFC 2033 section 5)',
        'give the port of the LMTP server',
      )
    : null

const socketWithProxy: SettingsRule = settings =>
  settings.socket !== null && settings.proxy !== null
    ? error(
        'proxy',
        'socket-with-proxy',
        'a unix socket lies on this machine: no proxy leads to it',
        'remove the proxy or the socket',
        { proxy: null },
      )
    : null

const socketWithSourceIp: SettingsRule = settings =>
  settings.socket !== null && settings.sourceIp !== null
    ? warning('sourceIp', 'socket-with-source', 'a unix socket has no source address', 'remove the source address', {
        sourceIp: null,
      })
    : null

const sourceIpShape: SettingsRule = ({ sourceIp }) =>
  sourceIp !== null && ipFamilyOf(sourceIp) === null
    ? error(
        'sourceIp',
        'source-malformed',
        'the source address is not an IP address',
        'give one of the IP addresses of this machine',
      )
    : null

const sourceIpFamily: SettingsRule = ({ sourceIp, ipFamily, host, socket }) => {
  const source = sourceIp === null ? null : ipFamilyOf(sourceIp)
  if (source === null || socket !== null) return null
  const wanted = ipFamily === 'any' ? ipFamilyOf(host) : Number(ipFamily)
  return wanted !== null && wanted !== source
    ? error(
        'sourceIp',
        'source-family',
        `the source address is IPv${source}, but the connection is IPv${wanted}`,
        `give an IPv${wanted} address of this machine`,
      )
    : null
}

const hostFamily: SettingsRule = ({ host, ipFamily, socket }) => {
  const family = ipFamilyOf(host)
  return socket === null && family !== null && ipFamily !== 'any' && Number(ipFamily) !== family
    ? error(
        'ipFamily',
        'host-family',
        `the mail server is given as an IPv${family} address, but IPv${ipFamily} is wanted`,
        'allow any IP version',
        { ipFamily: 'any' },
      )
    : null
}

const ehloName: SettingsRule = ({ ehlo, protocol }) => {
  // RFC 5321 section 4.1.1.1 wants a full name or an address literal; servers refuse or defer the rest (504 5.5.2, 421 4.7.0).
  if (ehlo === null || protocol === 'lmtp') return null
  const remedy = 'give the full name of this machine, such as host.example.org'
  if (/^\[.*\]$/.test(ehlo)) {
    return ipFamilyOf(ehlo.slice(1, -1).replace(/^IPv6:/i, '')) === null
      ? error('ehlo', 'ehlo-malformed', 'what stands in the brackets is not an IP address', remedy)
      : null
  }
  const name = parseHostName(ehlo)
  if (!name.ok) return error('ehlo', 'ehlo-malformed', nameFaultMessage(name.error), remedy)
  if (/^(?:localhost|localhost\.localdomain)$/.test(name.value.ascii)) {
    return warning(
      'ehlo',
      'ehlo-localhost',
      'EHLO localhost is refused or put off by some servers, among them smtp-relay.gmail.com',
      remedy,
    )
  }
  if (name.value.underscore) {
    return warning('ehlo', 'ehlo-underscore', 'a name with an underscore is refused by some servers', remedy)
  }
  if (ipFamilyOf(ehlo) !== null) {
    return warning(
      'ehlo',
      'ehlo-bare-address',
      'a bare IP address is no EHLO name',
      'put it in brackets, or give a full name',
    )
  }
  return name.value.ascii.includes('.')
    ? null
    : warning(
        'ehlo',
        'ehlo-single-label',
        'a name without a dot is refused by some servers ("need fully-qualified hostname")',
        remedy,
      )
}

const plainPort25: SettingsRule = settings =>
  settings.socket === null &&
  settings.auth !== 'none' &&
  settings.user !== null &&
  portOf(settings) === 25 &&
  settings.security !== 'none'
    ? warning(
        'port',
        'sign-in-on-25',
        'port 25 is for mail between servers, and many networks block it',
        'use 465 or 587 where the server offers them',
      )
    : null

export const CONNECTION_RULES: readonly SettingsRule[] = [
  hostOrSocket,
  hostName,
  implicitTlsPort,
  starttlsPort,
  lmtpPlace,
  lmtpOnSmtpPort,
  socketWithProxy,
  socketWithSourceIp,
  sourceIpShape,
  sourceIpFamily,
  hostFamily,
  ehloName,
  plainPort25,
]
