import { escapeControls } from '#shared/escape.ts'

/** One line of a session that a tool printed, without the marks of the tool. */
export type ToolLine = {
  /** `error`: the tool itself says that something went wrong. */
  readonly from: 'client' | 'server' | 'note' | 'error'
  readonly text: string
}

/** A session is short; what is longer is something else. */
const MOST_LINES = 5000
const LONGEST_LINE = 1000

/** How each tool marks what was received and what was sent; the first that fits decides. */
const MARKS: readonly (readonly [mark: RegExp, from: ToolLine['from']])[] = [
  [/^(?:<-|<~|<\*\*|<~\*) +(.*)$/, 'server'], // swaks, and our own PowerShell
  [/^ ?(?:->|~>|\*>|\*\*>|-\*>) +(.*)$/, 'client'],
  [/^=== +(.*)$/, 'note'],
  [/^\*\*\* +(.*)$/, 'error'],
  [/^< (.*)$/, 'server'], // curl
  [/^> (.*)$/, 'client'],
  [/^\* +(.*)$/, 'note'],
  [/^(curl: \(\d+\) .*)$/, 'error'],
  [/^reply: b'(.*?)(?:\\r\\n)?'$/, 'server'], // Python's smtplib
  [/^send: (?:b)?'(.*?)(?:\\r\\n)?'$/, 'client'],
  [/^(?:reply|smtplib\.SMTP\w+): \((\d{3}), b'(.*)'\)$/, 'server'],
  [/^([A-Za-z][\w.]*(?:Error|Exception|timeout|gaierror): .*)$/, 'error'],
  [/^(?:S|SERVER -> CLIENT): ?(.*)$/, 'server'], // PHPMailer, nodemailer and many a log
  [/^(?:C|CLIENT -> SERVER): ?(.*)$/, 'client'],
]

/** Some tools print what the server says and nothing else. */
const REPLY = /^[2-5]\d\d(?:[ -]|$)/

/** The session in a tool's output: swaks, openssl, curl, PowerShell, Python, bash and what looks like them. Linear. */
export function readToolLines(text: string): readonly ToolLine[] {
  return text
    .split(/\r?\n/, MOST_LINES)
    .map(line => readLine(escapeControls(line.slice(0, LONGEST_LINE))))
    .filter(line => line.text !== '')
}

function readLine(line: string): ToolLine {
  for (const [mark, from] of MARKS) {
    const found = mark.exec(line)
    if (found) return { from, text: found.slice(1).join(' ').trim() }
  }
  return { from: REPLY.test(line) ? 'server' : 'note', text: line.trim() }
}
