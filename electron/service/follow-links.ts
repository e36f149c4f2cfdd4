import { lstat, readlink, realpath } from 'node:fs/promises'
import { dirname, isAbsolute } from 'node:path'
import { Problem } from '#shared/problem.ts'
import { codeOf, ioProblem } from '#service/io-problem.ts'

/** As many as Linux itself follows. */
const MOST_LINKS = 40

/**
 * The file that a path leads to, where people keep their dotfiles elsewhere and link to them. Only links of the person's
 * own are followed, and only to a regular file of their own: another's link in a shared folder would choose what is
 * overwritten. A path that is no link is returned as it is.
 *
 * @throws Problem `io` with the path and the remedy
 */
export async function followOwnLinks(path: string): Promise<string> {
  let at = path
  for (let links = 0; links <= MOST_LINKS; links += 1) {
    const stats = await statsOf(at, path, links > 0)
    if (stats === null || (links === 0 && !stats.isSymbolicLink())) return path
    if (isAnothers(stats.uid)) throw refused(path, `it leads through ${at}, which belongs to another user`)
    if (!stats.isSymbolicLink()) {
      if (!stats.isFile()) throw refused(path, `it is a link to ${at}, which is not a regular file`)
      return realpath(at)
    }
    const target = await readlink(at)
    // Not normalised: where a folder is a link, `..` in the target means the folder that it leads to.
    at = isAbsolute(target) ? target : `${dirname(at)}/${target}`
  }
  throw refused(path, 'its links go round in a circle')
}

async function statsOf(at: string, path: string, linked: boolean) {
  try {
    return await lstat(at)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw ioProblem(error, 'write', path)
    if (linked) throw refused(path, `it is a link to ${at}, which does not exist`)
    return null
  }
}

function isAnothers(uid: number): boolean {
  const user = process.geteuid?.() ?? null
  return user !== null && uid !== user
}

function refused(path: string, why: string): Problem {
  const remedy = 'Remove the link, or name the file that should be written.'
  return new Problem('io', `cannot write ${path}: ${why}`, { field: path, remedy })
}
