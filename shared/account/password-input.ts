import type { Preset } from '#shared/account/preset.ts'

export type PasswordRemark = {
  readonly code:
    | 'empty'
    | 'line-break'
    | 'control-character'
    | 'blanks-at-ends'
    | 'grouped-with-blanks'
    | 'wrong-length'
    | 'not-ascii'
    | 'too-long'
    | 'looks-like-iam-key'
  readonly severity: 'error' | 'warning'
  /** Says what is odd and never what was typed. */
  readonly message: string
  readonly remedy: string
}

/** A password never has more octets than an AUTH line can carry in base64 (RFC 4954: 12288 with CRLF). */
const PASSWORD_MAX_OCTETS = 8192

/** What is odd about a typed password. `tidied` is the password without what was pasted along; the person decides. */
export function checkPassword(
  password: string,
  preset: Preset | null,
): { readonly remarks: readonly PasswordRemark[]; readonly tidied: string } {
  if (password === '') {
    return {
      remarks: [error('empty', 'no password was given', 'type it, or choose to sign in without one')],
      tidied: '',
    }
  }
  const remarks: PasswordRemark[] = []
  const withoutEnd = password.replace(/(?:\r\n|\n|\r)$/, '')
  if (/[\r\n]/.test(withoutEnd)) {
    remarks.push(error('line-break', 'the password holds a line break', 'paste only the password itself'))
  } else if (withoutEnd !== password) {
    remarks.push(error('line-break', 'the password ends with a line break', 'leave the line break out'))
  }
  if (/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f]/.test(password)) {
    remarks.push(error('control-character', 'the password holds a control character', 'type it again by hand'))
  }
  if (new TextEncoder().encode(password).length > PASSWORD_MAX_OCTETS) {
    remarks.push(
      error('too-long', `the password is longer than ${PASSWORD_MAX_OCTETS} octets`, 'paste only the password itself'),
    )
  }
  const tidied = tidy(withoutEnd, preset)
  remarks.push(...blanks(withoutEnd, preset), ...shape(tidied, preset))
  return { remarks, tidied }
}

function tidy(password: string, preset: Preset | null): string {
  return preset?.secret.groupedWithBlanks ? password.replace(/\s/g, '') : password
}

function blanks(password: string, preset: Preset | null): readonly PasswordRemark[] {
  if (preset?.secret.groupedWithBlanks && /\s/.test(password)) {
    return [
      warning(
        'grouped-with-blanks',
        `${preset.name} shows the password in groups: the blanks between them are not part of it`,
        'leave the blanks out',
      ),
    ]
  }
  if (password !== password.trim()) {
    return [
      warning(
        'blanks-at-ends',
        'the password begins or ends with a blank',
        'leave it out unless it belongs to the password',
      ),
    ]
  }
  return []
}

function shape(password: string, preset: Preset | null): readonly PasswordRemark[] {
  const remarks: PasswordRemark[] = []
  if (/[^\u0000-\u007f]/.test(password)) {
    remarks.push(
      warning(
        'not-ascii',
        'the password holds characters outside ASCII, which some servers read differently',
        'when signing in fails, try a password of plain letters, digits and signs',
      ),
    )
  }
  const length = preset?.secret.length ?? null
  if (preset && length !== null && password.length !== length) {
    remarks.push(
      warning(
        'wrong-length',
        `${preset.name} wants ${preset.secret.hint.split(';')[0] ?? 'another password'}; this has ${password.length} characters`,
        'the password of the account itself is not taken here',
      ),
    )
  }
  // An IAM secret access key has 40 characters, an SES SMTP password 44 that begin with B (its version octet 0x04).
  if (preset?.id === 'amazon-ses' && /^[A-Za-z0-9/+]{40}$/.test(password)) {
    remarks.push(
      warning(
        'looks-like-iam-key',
        'this looks like an IAM secret access key and not like an SES SMTP password',
        'derive the SMTP password from it, or create SMTP credentials in the SES console',
      ),
    )
  }
  return remarks
}

function error(code: PasswordRemark['code'], message: string, remedy: string): PasswordRemark {
  return { code, severity: 'error', message, remedy }
}

function warning(code: PasswordRemark['code'], message: string, remedy: string): PasswordRemark {
  return { code, severity: 'warning', message, remedy }
}
