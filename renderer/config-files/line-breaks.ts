/**
 * What ends every line of a file that is opened: CR LF only where no line ends otherwise. In a mixed file the editor
 * cuts at line feeds and shows the carriage returns, so that every byte stays where it is.
 */
export function lineBreakOf(text: string): '\n' | '\r\n' {
  return text.includes('\r\n') && !/(?<!\r)\n/.test(text) ? '\r\n' : '\n'
}

/** Text from elsewhere with the line breaks of the file that it is put into. */
export function withLineBreaks(text: string, lineBreak: '\n' | '\r\n'): string {
  return text.replace(/\r\n?|\n/g, lineBreak)
}
