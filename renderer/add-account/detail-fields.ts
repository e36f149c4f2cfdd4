import type { Preset } from '#shared/account/preset.ts'
import { capital } from '../form/words.ts'
import type { TypedField } from '../form/field-kind.ts'

/** A field of this provider; `help` null is our own. Nothing can be tested while a needed one is empty. */
export type DetailField = { readonly field: TypedField; readonly help: string | null; readonly needed: boolean }

const plain = (field: TypedField, help: string | null = null): DetailField => ({ field, help, needed: false })
const needed = (field: TypedField, help: string | null = null): DetailField => ({ field, help, needed: true })

/** The fields that a provider needs a person for: everything else is known. */
export function detailFields(preset: Preset | null): readonly DetailField[] {
  if (!preset)
    return [
      needed('host', 'A name, host:port, or a whole SMTP URL'),
      plain('port'),
      plain('security'),
      needed('from'),
      plain('fromName'),
      plain('user', 'Often the whole mail address; empty when nobody signs in'),
    ]
  return [
    ...(preset.kind === 'own server' ? [needed('host'), plain('port')] : []),
    needed('from'),
    plain('fromName'),
    ...userField(preset),
    ...(preset.needsRealEhlo ? [plain('ehlo', 'The full name of this machine: this provider refuses others')] : []),
  ]
}

function userField(preset: Preset): readonly DetailField[] {
  const { user } = preset
  switch (user.form) {
    case 'literal':
      return [needed('user', `The word “${user.literal}”, for everybody`)]
    case 'provider-issued':
      return [needed('user', capital(user.hint))]
    case 'address':
      return [needed('user', capital(user.hint ?? 'the whole mail address'))]
    case 'local-part':
      return [needed('user', capital(user.hint ?? 'the part of the address before the @'))]
    case 'none':
      return preset.kind === 'own server' ? [] : [plain('user', capital(user.hint))]
  }
}
