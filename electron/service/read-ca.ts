import { Problem } from '#shared/problem.ts'
import { readBoundedFile } from '#service/bounded-file.ts'
import { codeOf, ioProblem } from '#service/io-problem.ts'

/**
 * The certificates of a CA file, PEM.
 *
 * @param field which setting names it @throws Problem `file-missing`, `io`
 */
export async function readCa(path: string, field = 'caFile'): Promise<string> {
  try {
    return (await readBoundedFile(path)).toString('latin1')
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw ioProblem(error, 'read', path)
    throw new Problem('file-missing', `there is no file ${path}`, { field, remedy: 'Check the path.' })
  }
}
