import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The forms in which a password could hide: as it is, base64 (also within PLAIN), hex, percent-encoded, JSON. */
export function formsOf(password: string, user: string): readonly string[] {
  const bytes = Buffer.from(password)
  return [
    password,
    bytes.toString('base64').replace(/=+$/, ''),
    Buffer.from(`\0${user}\0${password}`).toString('base64').replace(/=+$/, ''),
    bytes.toString('hex'),
    encodeURIComponent(password),
    JSON.stringify(password).slice(1, -1),
  ]
}

/** The forms of the password that a text holds. */
export function leaksIn(text: string, password: string, user: string): readonly string[] {
  return formsOf(password, user).filter(form => text.includes(form))
}

/** Every file below the folder that holds the password in some form. */
export function leakingFiles(folder: string, password: string, user: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(
      path =>
        statSync(path).isFile() &&
        leaksIn(readFileSync(path, 'latin1'), Buffer.from(password).toString('latin1'), user).length > 0,
    )
}
