import { CONFIG_FILE_MAX_BYTES, type ConfigFileFacts } from '#shared/contract/config-files.ts'
import { Problem } from '#shared/problem.ts'
import { readConfigFile } from '#service/config-file.ts'
import type { CommandIo } from './command.ts'

export type MsmtprcFile = {
  /** As it was named on the command line. */
  readonly name: string
  readonly bytes: Uint8Array
  /** null for standard input, which has no mode to judge. */
  readonly facts: ConfigFileFacts
}

/**
 * The file that was named, or standard input for `-`.
 * @throws Problem `file-missing`, `io` or, beyond 16 MiB, `bad-input`
 */
export async function readMsmtprc(io: CommandIo): Promise<MsmtprcFile> {
  const name = io.operands[0] ?? '-'
  if (name === '-') return { name, bytes: await io.readStdin(CONFIG_FILE_MAX_BYTES), facts: null }
  try {
    return { name, ...(await readConfigFile(name)) }
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'file-missing') throw error
    throw new Problem('file-missing', error.message, {
      field: name,
      remedy: 'name an msmtprc, or - for standard input',
    })
  }
}
