/** For PowerShell, which takes the typographic single quotes for quotes, too. */
export function powershellWord(text: string): string {
  return /^[\w.@:-]+$/.test(text) ? text : powershellString(text)
}

export function powershellString(text: string): string {
  return `'${text.replace(/['\u2018-\u201b]/g, quote => quote + quote)}'`
}
