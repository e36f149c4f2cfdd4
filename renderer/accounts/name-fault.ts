/** Why an account cannot have this name, or null. The rules are those of msmtp's account names (see AccountName). */
export function nameFault(name: string, taken: readonly string[]): string | null {
  const trimmed = name.trim()
  if (trimmed === '') return 'Give the account a name.'
  if (trimmed.length > 64) return 'At most 64 characters.'
  if (/[:,]/.test(trimmed)) return 'A name holds neither “:” nor “,”: msmtp reads them as separators.'
  if (taken.includes(trimmed)) return `There is an account “${trimmed}” already.`
  return null
}
