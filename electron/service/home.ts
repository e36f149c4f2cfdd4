import { posix, win32 } from 'node:path'

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The folder under which everything lies that is stored. `$MAILWRIGHT_HOME` wins; without it the place where the
 * system's programs keep their settings.
 *
 * @param userHome the person's home folder, as `os.homedir()` gives it
 */
export function homeDir(env: Environment, platform: NodeJS.Platform, userHome: string): string {
  const path = platform === 'win32' ? win32 : posix
  const chosen = env['MAILWRIGHT_HOME']
  if (chosen) return path.resolve(chosen)
  if (platform === 'win32') {
    return path.join(env['APPDATA'] || path.join(userHome, 'AppData', 'Roaming'), 'Mailwright')
  }
  if (platform === 'darwin') return path.join(userHome, 'Library', 'Application Support', 'Mailwright')
  return path.join(xdgConfigHome(env, userHome), 'mailwright')
}

/** `$XDG_CONFIG_HOME`, else `~/.config`. The XDG base directory specification has relative values ignored. */
export function xdgConfigHome(env: Environment, userHome: string): string {
  const chosen = env['XDG_CONFIG_HOME']
  return chosen && posix.isAbsolute(chosen) ? chosen : posix.join(userHome, '.config')
}
