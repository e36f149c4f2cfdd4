import type { DnsChange } from '#shared/fix/fix.ts'

/** A string of a TXT record holds at most 255 octets (RFC 1035 section 3.3). */
const STRING_LIMIT = 255

/** A repair plan as the lines of a zone file: what goes is commented out, what comes stands below it. */
export function printZoneLines(changes: readonly DnsChange[]): string {
  return changes.flatMap(printZoneChange).join('\n')
}

function printZoneChange({ action, name, type, value, replaces, why }: DnsChange): readonly string[] {
  const gone = action === 'remove' ? value : replaces
  return [
    `; ${action}: ${why.replaceAll(/[\r\n]/g, ' ')}`,
    ...(gone === null ? [] : [`; ${printRecord(name, type, gone)}`]),
    ...(action === 'remove' ? [] : [printRecord(name, type, value)]),
  ]
}

function printRecord(name: string, type: string, value: string): string {
  return `${name}. IN ${type} ${printData(type, value)}`
}

function printData(type: string, value: string): string {
  if (type === 'TXT' || type === 'SPF') return quoted(value)
  if (type === 'MX')
    return value.replace(/^(\d+) (.*)$/, (_, preference: string, host: string) => `${preference} ${absolute(host)}`)
  return type === 'CNAME' || type === 'PTR' || type === 'NS' ? absolute(value) : value
}

function absolute(name: string): string {
  return name.endsWith('.') ? name : `${name}.`
}

function quoted(text: string): string {
  const strings: string[] = []
  for (let at = 0; at === 0 || at < text.length; at += STRING_LIMIT) strings.push(text.slice(at, at + STRING_LIMIT))
  return strings.map(string => `"${string.replaceAll(/["\\]/g, character => `\\${character}`)}"`).join(' ')
}
