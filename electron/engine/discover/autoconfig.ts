import type { Security } from '#shared/account/account.ts'
import { parseHostName } from '#shared/account/domain-name.ts'

/** An outgoing server as an autoconfig document (config-v1.1.xml) describes it. */
export type AutoconfigServer = {
  readonly host: string
  readonly port: number
  readonly security: Security
  readonly user: 'address' | 'local-part' | 'other'
  readonly oauth2Only: boolean
}

/** ISPDB's longest document has a few kilobytes. */
export const AUTOCONFIG_MAX_CHARACTERS = 64 * 1024

const SOCKET_TYPES: Readonly<Record<string, Security>> = { SSL: 'tls', STARTTLS: 'starttls', plain: 'none' }

/** The SMTP servers of a document in its order; an entry that cannot be used is left out. */
export function parseAutoconfig(xml: string): readonly AutoconfigServer[] {
  const bounded = xml.slice(0, AUTOCONFIG_MAX_CHARACTERS)
  return bounded.split('<outgoingServer').slice(1).flatMap(readServer)
}

function readServer(text: string): readonly AutoconfigServer[] {
  const end = text.indexOf('</outgoingServer')
  const body = end === -1 ? '' : text.slice(0, end)
  if (!/^[^>]*\btype="smtp"/.test(body)) return []
  const name = parseHostName(elements(body, 'hostname')[0] ?? '')
  const port = Number(elements(body, 'port')[0] ?? '')
  const security = SOCKET_TYPES[elements(body, 'socketType')[0] ?? '']
  if (!name.ok || !Number.isInteger(port) || port < 1 || port > 65_535 || security === undefined) return []
  const methods = elements(body, 'authentication')
  return [
    {
      host: name.value.ascii,
      port,
      security,
      user: userForm(elements(body, 'username')[0] ?? '%EMAILADDRESS%'),
      oauth2Only: methods.length > 0 && methods.every(method => method === 'OAuth2'),
    },
  ]
}

function userForm(template: string): AutoconfigServer['user'] {
  if (template === '%EMAILADDRESS%') return 'address'
  return template === '%EMAILLOCALPART%' ? 'local-part' : 'other'
}

/** The texts of all elements of this name. Searched by index, so that the time stays linear in the text. */
function elements(body: string, name: string): readonly string[] {
  const found: string[] = []
  let at = 0
  for (;;) {
    const open = body.indexOf(`<${name}>`, at)
    if (open === -1) return found
    const from = open + name.length + 2
    const close = body.indexOf(`</${name}>`, from)
    if (close === -1) return found
    found.push(body.slice(from, close).trim())
    at = close
  }
}
