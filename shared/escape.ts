/*
 * Text from servers, DNS and files may hold control characters aimed at a terminal or a log reader
 * (escape sequences in C0, their eight-bit twins in C1). They are made visible, never passed on.
 */

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/** Control and direction-override characters as `\xNN` or `\uNNNN`; a line feed too, so the result is one line. */
export function escapeControls(text: string): string {
  return text.replace(CONTROL, character => {
    const code = character.codePointAt(0) ?? 0
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

/** As `escapeControls`, line by line: line feeds and tabs stay. */
export function escapeControlLines(text: string): string {
  return text
    .split('\n')
    .map(line => line.split('\t').map(escapeControls).join('\t'))
    .join('\n')
}

/** JSON in which no control character stands raw: `JSON.stringify` alone leaves DEL, C1 and the direction overrides. */
export function printJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
