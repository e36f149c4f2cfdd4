import type { Preset } from '#shared/account/preset.ts'
import type { TypedField } from '../form/field-kind.ts'

/** A field of this provider; null words are our own. */
export type DetailField = { readonly field: TypedField; readonly label: string | null; readonly help: string | null }

const plain = (field: TypedField, help: string | null = null): DetailField => ({ field, label: null, help })

/** The fields that a provider needs a person for: everything else is known. */
export function detailFields(preset: Preset | null): readonly DetailField[] {
  if (!preset)
    return [
      plain('host', 'A name, host:port, or a whole SMTP URL'),
      plain('port'),
      plain('security'),
      plain('from'),
      plain('fromName'),
      plain('user', 'Often the whole mail address; empty when nobody signs in'),
    ]
  return [
    ...(preset.kind === 'own server' ? [plain('host'), plain('port')] : []),
    plain('from'),
    plain('fromName'),
    ...userField(preset),
    ...(preset.needsRealEhlo ? [plain('ehlo', 'The full name of this machine: this provider refuses others')] : []),
  ]
}

function userField(preset: Preset): readonly DetailField[] {
  const { user } = preset
  switch (user.form) {
    case 'literal':
      return [plain('user', `The word “${user.literal}”, for everybody`)]
    case 'provider-issued':
      return [plain('user', capital(user.hint))]
    case 'address':
      return [plain('user', capital(user.hint ?? 'the whole mail address'))]
    case 'local-part':
      return [plain('user', capital(user.hint ?? 'the part of the address before the @'))]
    case 'none':
      return preset.kind === 'own server' ? [] : [plain('user', capital(user.hint))]
  }
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
