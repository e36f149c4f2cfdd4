import { ipFamilyOf, nameFaultMessage, parseHostName } from '#shared/account/domain-name.ts'
import { parseDnsServer } from '#shared/domain/dns-server.ts'
import { capital } from '../form/words.ts'

/** Why a text is no resolver, or null. Empty is the system's. */
export function resolverFault(text: string): string | null {
  if (text === '') return null
  const parsed = parseDnsServer(text)
  return parsed.ok ? null : `${capital(parsed.error.message)}. ${parsed.error.remedy}`
}

/** The program runs in a folder that nobody chose, so a path that begins elsewhere would name anything. */
export function pathFault(text: string): string | null {
  return text === '' || /^(?:\/|[a-z]:[\\/])/i.test(text) ? null : 'An absolute path, such as /etc/ssl/ca.pem.'
}

export function timeLimitFault(text: string): string | null {
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : 0
  return seconds >= 1 && seconds <= 3_600 ? null : 'A whole number of seconds from 1 to 3600.'
}

/** RFC 5321 section 4.1.1.1: a full name, or an address in brackets. */
export function ehloFault(text: string): string | null {
  if (text === '') return null
  if (/^\[.*\]$/.test(text))
    return ipFamilyOf(text.slice(1, -1).replace(/^IPv6:/i, '')) === null
      ? 'What stands in the brackets is not an IP address.'
      : null
  const name = parseHostName(text)
  return name.ok ? null : `${capital(nameFaultMessage(name.error))}.`
}
