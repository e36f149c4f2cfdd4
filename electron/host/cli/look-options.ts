import { understandHost } from '#shared/account/host-input.ts'
import { Problem } from '#shared/problem.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import type { LookOptions } from '#engine/smtp/look.ts'
import { caProblem, requirePem } from './ca-option.ts'
import type { CommandIo } from './command.ts'
import { chosenLimits } from './tls-options.ts'

/** `HOST[:PORT]` as a look takes it. */
export function readHost(text: string): { readonly host: string; readonly port: number | null } {
  const understood = understandHost(text)
  if (!understood.ok) {
    const { code, message, remedy } = understood.error
    // A port or an empty name is a wrong call; a name that cannot exist is a host that is unknown, and DNS says that.
    throw new Problem(code === 'port' || code === 'empty' ? 'usage' : 'bad-input', message, { field: 'HOST', remedy })
  }
  return { host: understood.value.host, port: understood.value.port }
}

/** The options that every command which looks at a server has in common. */
export async function lookOptions(io: CommandIo): Promise<LookOptions> {
  const { dns, ca, ehlo } = io.options
  if (io.options['ipv4'] === true && io.options['ipv6'] === true) {
    throw new Problem('usage', 'give either -4 or -6, not both')
  }
  const tlsLimits = await chosenLimits(io)
  const extraCa = typeof ca === 'string' ? await readCa(ca) : null
  return {
    deadline: io.deadline,
    resolver: typeof dns === 'string' ? await createChosenResolver(dns, extraCa) : 'system',
    insecure: io.options['insecure'] === true,
    now: () => new Date(),
    readFile,
    ...(extraCa === null ? {} : { extraCa }),
    ...(tlsLimits === null ? {} : { tlsLimits }),
    ...(io.options['ipv4'] === true ? { family: 4 as const } : {}),
    ...(io.options['ipv6'] === true ? { family: 6 as const } : {}),
    ...(typeof ehlo === 'string' ? { ehlo } : {}),
  }
}

// Loaded only where it is asked for: beside a server that is near, the time to start counts.
async function createChosenResolver(dns: string, extraCa: string | null): Promise<Resolver> {
  const [{ createResolver }, { parseServer }] = await Promise.all([
    import('#engine/dns/resolver.ts'),
    import('#engine/dns/server.ts'),
  ])
  return createResolver({ servers: [parseServer(dns, '--dns')], extraCas: extraCa === null ? [] : [extraCa] })
}

async function readCa(path: string): Promise<string> {
  const octets = await readFile(path).catch((error: unknown) => {
    throw caProblem(error, path)
  })
  return requirePem(octets.toString('latin1'), path)
}

// Reading files is loaded where one is read: that is 5 ms before the server is dialled.
async function readFile(path: string): Promise<Buffer> {
  const { readBoundedFile } = await import('#service/bounded-file.ts')
  return readBoundedFile(path)
}
