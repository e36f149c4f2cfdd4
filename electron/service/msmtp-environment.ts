import { readFile } from 'node:fs/promises'
import { homedir, hostname, userInfo } from 'node:os'
import type { MsmtpEnvironment } from '#shared/msmtprc/resolve.ts'
import type { Environment } from '#service/home.ts'

/** What msmtp would find around itself here: environment variables first, then the system. */
export async function lookupEnvironment(env: Environment): Promise<MsmtpEnvironment> {
  const host = env['HOSTNAME'] ?? hostname()
  return {
    home: env['HOME'] ?? homedir(),
    user: env['USER'] ?? env['LOGNAME'] ?? loginName(),
    hostname: host,
    canonicalHostname: canonicalName(await readText('/etc/hosts'), host),
    mailname: (await readText('/etc/mailname'))?.split('\n')[0] ?? null,
    email: env['EMAIL'] ?? null,
    smtpServer: env['SMTPSERVER'] ?? null,
  }
}

/**
 * The first name of the line of /etc/hosts that has this host, as the resolver takes it. The network is not asked: a
 * name that only the DNS could complete stays as it is.
 */
export function canonicalName(hosts: string | null, host: string): string {
  for (const line of (hosts ?? '').split('\n')) {
    const [, ...names] = (line.split('#')[0] ?? '').trim().split(/\s+/)
    if (names.some(name => name.toLowerCase() === host.toLowerCase())) return names[0] ?? host
  }
  return host
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    // Either file may be missing or unreadable, to msmtp as to us.
    return null
  }
}

function loginName(): string {
  try {
    return userInfo().username
  } catch {
    // A user that the system has no name for, as in some containers.
    return ''
  }
}
