import { NAME_VALUE, sections } from '#shared/formats/dialect/lines.ts'
import type { Format } from '#shared/formats/format.ts'
import { account, fault, tooLong } from '#shared/formats/read.ts'
import { writer } from '#shared/formats/write.ts'

const MAIN = '/etc/postfix/main.cf'
const PASSWORDS = '/etc/postfix/sasl_passwd'
/** Where Debian keeps the system's certificates; Postfix trusts none by itself. */
const SYSTEM_CAS = '/etc/ssl/certs/ca-certificates.crt'

/** Two files in one text, each under a comment with its name. */
export const POSTFIX: Format = {
  id: 'postfix',
  name: 'Postfix relayhost',
  place: `${MAIN} and ${PASSWORDS}; then postmap ${PASSWORDS} and postfix reload`,
  write: writer(['verifyCertificate', 'caFile', 'ehlo', 'sourceIp', 'clientCertFile', 'clientKeyFile'], draft => {
    const { settings, port, user } = draft
    const relay = `[${settings.host}]:${port}`
    const encrypted = settings.security !== 'none'
    // "secure" compares the name in the certificate with the relay host; "encrypt" asks for TLS and trusts anybody.
    const level = !encrypted ? 'none' : settings.verifyCertificate ? 'secure' : 'encrypt'
    const lines: readonly (readonly [string, string | null])[] = [
      ['relayhost', relay],
      ['smtp_tls_security_level', level],
      ['smtp_tls_wrappermode', settings.security === 'tls' ? 'yes' : null],
      ['smtp_tls_CAfile', settings.caFile ?? (level === 'secure' ? SYSTEM_CAS : null)],
      ['smtp_tls_cert_file', settings.clientCertFile],
      ['smtp_tls_key_file', settings.clientKeyFile],
      ['smtp_helo_name', settings.ehlo],
      [settings.sourceIp?.includes(':') === true ? 'smtp_bind_address6' : 'smtp_bind_address', settings.sourceIp],
      ['smtp_sasl_auth_enable', user === null ? null : 'yes'],
      ['smtp_sasl_password_maps', user === null ? null : `hash:${PASSWORDS}`],
      ['smtp_sasl_security_options', user === null ? null : 'noanonymous'],
    ]
    const main = lines.flatMap(([name, value]) => (value === null ? [] : [`${name} = ${value}`]))
    return `${[`# ${MAIN}`, ...main, ...passwordLines(draft, relay)].join('\n')}\n`
  }),
  read(text) {
    if (tooLong(text)) return fault('this is too long for mail settings')
    const values = NAME_VALUE.parse(text)
    const relay = values.get('relayhost')
    if (typeof relay !== 'string') return fault('relayhost is missing')
    const level = values.get('smtp_tls_security_level')
    const login = loginOf(text, relay)
    const caFile = values.get('smtp_tls_CAfile')
    return account({
      // [host]:port, where the brackets keep Postfix from asking for an MX.
      host: relay.replace(/^\[([^\]:]*)\]/, '$1'),
      security:
        values.get('smtp_tls_wrappermode') === 'yes'
          ? 'tls'
          : level === undefined || level === 'none'
            ? 'none'
            : 'starttls',
      user: login?.user,
      password: login?.password,
      more: {
        verifyCertificate: level !== 'encrypt' && level !== 'may',
        caFile: caFile === SYSTEM_CAS ? null : caFile,
        ehlo: values.get('smtp_helo_name'),
        sourceIp: values.get('smtp_bind_address') ?? values.get('smtp_bind_address6'),
        clientCertFile: values.get('smtp_tls_cert_file'),
        clientKeyFile: values.get('smtp_tls_key_file'),
      },
      notes: level === 'may' ? ['Postfix would go on without encryption there; here it is required'] : [],
    })
  },
}

/** postmap cuts the blanks at the end of a line, and the first colon ends the user name. */
function passwordLines(draft: Parameters<Parameters<typeof writer>[1]>[0], relay: string): readonly string[] {
  if (draft.user === null) return []
  const user = draft.keep(draft.user, !/[:\s]/.test(draft.user), 'user name')
  const password = draft.keep(draft.password ?? '', draft.password?.trimEnd() === draft.password, 'password')
  return ['', `# ${PASSWORDS}`, `${relay} ${user}:${password}`]
}

function loginOf(text: string, relay: string): { readonly user: string; readonly password: string } | null {
  for (const line of sections(text)) {
    if (!line.startsWith(`${relay} `) && !line.startsWith(`${relay}\t`)) continue
    const login = line.slice(relay.length).trimStart()
    const colon = login.indexOf(':')
    return colon === -1 ? null : { user: login.slice(0, colon), password: login.slice(colon + 1) }
  }
  return null
}
