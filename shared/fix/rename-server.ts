import type { Fix } from '#shared/fix/fix.ts'

/** How the common mail servers are told what to call themselves. */
export function renameServer(where: 'ehlo' | 'greeting', name: string): readonly Fix[] {
  // The name may come from the DNS, and it goes into a command line.
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(name)) return []
  const setting = where === 'greeting' ? 'myhostname' : 'smtp_helo_name'
  const commands = [
    { system: 'Postfix', command: `postconf -e '${setting} = ${name}' && postfix reload` },
    { system: 'Exim (configuration file)', command: `primary_hostname = ${name}` },
    ...(where === 'greeting' ? [] : [{ system: 'msmtp (in msmtprc)', command: `domain ${name}` }]),
  ]
  return [{ kind: 'command', id: `rename-server-${where}`, label: `Let the server call itself ${name}`, commands }]
}
