import type { TestThere } from '#shared/report/run-it-there.ts'

/** Python's own smtplib, which prints the session to stderr. `getpass` asks at the terminal for the password. */
export function printPython({ host, port, security, user }: TestThere): string {
  const open =
    security === 'tls'
      ? `smtplib.SMTP_SSL(host, port, timeout=60, context=context)`
      : `smtplib.SMTP(host, port, timeout=60)`
  return [
    "python3 - <<'END_OF_TEST'",
    'import getpass, smtplib, ssl',
    `host, port = ${literal(host)}, ${port}`,
    'context = ssl.create_default_context()',
    'smtplib.SMTP.debuglevel = smtplib.SMTP_SSL.debuglevel = 1',
    `with ${open} as server:`,
    '    server.ehlo()',
    ...(security === 'starttls' ? ['    server.starttls(context=context)', '    server.ehlo()'] : []),
    ...(user === null
      ? []
      : [
          '    password = getpass.getpass("Password: ")',
          '    server.set_debuglevel(0)',
          `    print("reply:", server.login(${literal(user)}, password))`,
        ]),
    'END_OF_TEST',
  ].join('\n')
}

/** A string of Python that holds nothing but printable ASCII, so that no line of it can end the document. */
function literal(text: string): string {
  const escaped = Array.from(text, character => {
    const code = character.codePointAt(0) ?? 0
    if (character === '"' || character === '\\') return `\\${character}`
    return code >= 0x20 && code < 0x7f ? character : `\\U${code.toString(16).padStart(8, '0')}`
  })
  return `"${escaped.join('')}"`
}
