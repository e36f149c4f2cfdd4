/** One word for a POSIX shell, quoted only where it must be. Text never becomes a command through this. */
export function quoteShell(word: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word)) return word
  return `'${word.replaceAll("'", "'\\''")}'`
}

/** As `quoteShell`, for a file name whose leading `~/` the shell is to expand. */
export function quoteShellPath(path: string): string {
  if (!path.startsWith('~/')) return quoteShell(path)
  const rest = path.slice(2)
  return rest === '' ? '~/' : `~/${quoteShell(rest)}`
}
