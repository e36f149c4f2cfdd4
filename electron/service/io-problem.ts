import { dirname } from 'node:path'
import { Problem } from '#shared/problem.ts'

/** The system's word for what went wrong, such as `ENOSPC`; empty where there is none. */
export function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

/** A failed file operation as a problem that names the file and what the person can do. A problem stays as it is. */
export function ioProblem(error: unknown, doing: 'read' | 'write', path: string): Problem {
  if (error instanceof Problem) return error
  const { why, remedy } = explain(codeOf(error), path)
  return new Problem('io', `cannot ${doing} ${path}: ${why ?? messageOf(error)}`, { field: path, remedy })
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function explain(code: string, path: string): { readonly why: string | null; readonly remedy: string } {
  const folder = dirname(path)
  switch (code) {
    case 'ENOSPC':
      return { why: 'the disk is full', remedy: `Free some space on the disk that holds ${folder}, then try again.` }
    case 'EDQUOT':
      return {
        why: 'your disk quota is used up',
        remedy: 'Delete files of yours that you do not need, then try again.',
      }
    case 'EROFS':
      return { why: 'the file system is read-only', remedy: 'Choose a place on a file system that can be written to.' }
    case 'EACCES':
    case 'EPERM':
      return { why: 'permission denied', remedy: `Look who owns it: ls -ld ${folder} ${path}` }
    case 'EISDIR':
      return { why: 'it is a folder', remedy: 'Move the folder away, or choose another path.' }
    case 'ENOTDIR':
    case 'EEXIST':
      return { why: 'a part of the path is a file, not a folder', remedy: 'Choose another path.' }
    case 'ENOENT':
      return { why: 'it does not exist', remedy: 'Check the path.' }
    case 'ELOOP':
      return { why: 'its links go round in a circle', remedy: 'Name the file that the link should point at.' }
    case 'ENAMETOOLONG':
      return { why: 'the name is too long', remedy: 'Choose a shorter path.' }
    default:
      return { why: null, remedy: 'Try again; if it persists, check the disk.' }
  }
}
