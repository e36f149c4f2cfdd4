import { FORMATS } from '#shared/formats/all.ts'

type FormatChoice = { readonly value: string; readonly label: string }

/** Formats that can be read, recognising them first. */
export const READ_CHOICES: readonly FormatChoice[] = [
  { value: 'auto', label: 'Recognise it' },
  ...FORMATS.filter(({ read }) => read !== null).map(({ id, name }) => ({ value: id, label: name })),
]

export const WRITE_CHOICES: readonly FormatChoice[] = FORMATS.filter(({ write }) => write !== null).map(
  ({ id, name }) => ({ value: id, label: name }),
)

export function formatName(id: string): string {
  return FORMATS.find(format => format.id === id)?.name ?? id
}

/** Where the text belongs. */
export function formatPlace(id: string): string {
  return FORMATS.find(format => format.id === id)?.place ?? ''
}
