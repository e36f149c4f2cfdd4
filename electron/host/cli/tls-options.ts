import { tlsLimitsOf, type TlsLimits } from '#shared/account/tls-limits.ts'
import { TLS_VERSIONS, type TlsVersionNumber } from '#shared/account/tls-version.ts'
import type { CommandIo, OptionSpec } from './command.ts'

/** For commands that look at how a server encrypts. */
export const TLS_OPTIONS = {
  'tls-min': {
    type: 'string',
    value: 'VERSION',
    choices: TLS_VERSIONS,
    help: 'the oldest version of TLS to accept; 1.2 unless said otherwise',
  },
  ciphers: {
    type: 'string',
    value: 'LIST',
    help: 'the ciphers to accept, as an OpenSSL cipher list such as HIGH:!kRSA; names TLS_… are those of TLS 1.3',
  },
} as const satisfies Record<string, OptionSpec>

/** What the two options say; null where they say nothing. @throws Problem `usage` for a list that OpenSSL cannot use */
export async function readTlsOptions({
  options,
}: CommandIo): Promise<{ readonly tlsMin: TlsVersionNumber | null; readonly ciphers: string | null }> {
  // `choices` let nothing else through.
  const tlsMin = (options['tls-min'] as TlsVersionNumber | undefined) ?? null
  const { ciphers } = options
  if (typeof ciphers !== 'string') return { tlsMin, ciphers: null }
  // Loads all of TLS: only where it is asked for.
  const { requireCiphers } = await import('#service/require-ciphers.ts')
  requireCiphers(ciphers, 'usage', '--ciphers')
  return { tlsMin, ciphers }
}

export async function chosenLimits(io: CommandIo): Promise<TlsLimits | null> {
  const { tlsMin, ciphers } = await readTlsOptions(io)
  return tlsMin === null && ciphers === null ? null : tlsLimitsOf({ tlsMin, ciphers })
}
