import { parseArgument } from '#shared/msmtprc/argument.ts'
import { literalOutput } from '#shared/msmtprc/eval.ts'
import { judgeLogFile } from '#shared/msmtprc/log-file.ts'
import type { Statement } from '#shared/msmtprc/parse.ts'
import { advice, type MsmtprcProblem, remark } from '#shared/msmtprc/problem.ts'

/** What is worth saying about one command by itself, beyond what msmtp says. */
export function lintStatement(statement: Statement, home: string | null): readonly MsmtprcProblem[] {
  return [
    ...lintSpelling(statement),
    ...lintSecret(statement),
    ...lintValue(statement),
    ...lintTrust(statement),
    ...lintPlace(statement, home),
  ]
}

function lintSpelling({ line, command, argument, directive }: Statement): readonly MsmtprcProblem[] {
  if (directive === null) return []
  if (command === 'tls_force_sslv3') {
    return [remark('info', line, 'obsolete-command', 'tls_force_sslv3 is ignored', { kind: 'remove', line })]
  }
  const { replaced } = directive
  if (replaced === undefined) return []
  const value = parseArgument(directive.argument, argument)
  const message = `${command} is obsolete: ${replaced.by} says the same`
  if (!value.ok || value.value === null || replaced.values === null) {
    return [remark('info', line, 'obsolete-command', message, advice(directive.help))]
  }
  const text = `${replaced.by} ${replaced.values[value.value] ?? value.value}`
  return [remark('info', line, 'obsolete-command', message, { kind: 'replace', line, text })]
}

function lintSecret({ line, command, argument }: Statement): readonly MsmtprcProblem[] {
  const better = advice('store the password in the key ring, or let passwordeval decrypt it, and remove it here')
  if (command === 'password' && argument !== '') {
    return [remark('warning', line, 'secret-in-the-open', 'the password stands readable in the file', better)]
  }
  if (command === 'passwordeval' && literalOutput(argument) !== null) {
    return [
      remark(
        'warning',
        line,
        'secret-in-the-open',
        'passwordeval only echoes a password that stands readable in the file',
        better,
      ),
    ]
  }
  if (command === 'eval') {
    return [remark('info', line, 'eval', 'msmtp runs this command whenever it reads the file; here it is not run')]
  }
  return []
}

function lintValue({ line, command, argument, directive }: Statement): readonly MsmtprcProblem[] {
  const kind = directive?.argument.kind
  if (kind !== 'text' && kind !== 'file') return []
  // Passwords hold anything, and commands are for the shell to read.
  if (directive?.secret === true || command === 'passwordeval') return []
  const problems: MsmtprcProblem[] = []
  if (/^'.*'$/.test(argument)) {
    const text = `${command} ${argument.slice(1, -1)}`
    problems.push(
      remark('warning', line, 'single-quotes', 'msmtp takes single quotes for a part of the value', {
        kind: 'replace',
        line,
        text,
      }),
    )
  }
  const comment = /^(.*?\S)[ \t]+#/.exec(argument)
  if (comment !== null) {
    const text = `${command} ${comment[1] ?? ''}`
    problems.push(
      remark('warning', line, 'comment-in-value', 'a # behind a value is a part of the value', {
        kind: 'replace',
        line,
        text,
      }),
    )
  }
  if (argument.startsWith('=')) {
    const text = `${command} ${argument.replace(/^=[ \t]*/, '')}`
    problems.push(
      remark('warning', line, 'equals-sign', 'msmtp takes the equals sign for a part of the value', {
        kind: 'replace',
        line,
        text,
      }),
    )
  }
  if (kind === 'file' && /\$\{?\w/.test(argument)) {
    problems.push(
      remark(
        'warning',
        line,
        'no-variables',
        'msmtp does not fill variables in; only a leading ~ stands for the home directory',
        argument.startsWith('$HOME/') ? { kind: 'replace', line, text: `${command} ~${argument.slice(5)}` } : null,
      ),
    )
  }
  if (command === 'socket' && argument.startsWith('~')) {
    problems.push(remark('warning', line, 'no-tilde', 'msmtp does not expand ~ in socket: write the full name'))
  }
  return problems
}

function lintTrust({ line, command, argument, directive }: Statement): readonly MsmtprcProblem[] {
  const value = directive === null ? null : parseArgument(directive.argument, argument)
  if (value === null || !value.ok || value.value === null) return []
  const off = (command === 'tls_certcheck' && value.value === 'off') || command === 'tls_nocertcheck'
  if (off) {
    return [
      remark(
        'warning',
        line,
        'certificate-check-off',
        'any certificate is trusted: whoever is on the way can read the password',
        { kind: 'replace', line, text: 'tls_certcheck on' },
      ),
    ]
  }
  if (command !== 'tls_fingerprint') return []
  const pinned = remark(
    'warning',
    line,
    'fingerprint-pin',
    'the pinned certificate will be replaced at its next renewal, and msmtp then refuses to connect',
    advice('trust the authority: remove tls_fingerprint, and for an authority of your own set tls_trust_file'),
  )
  if (value.value.length === 95) return [pinned]
  const digest = value.value.length === 59 ? 'SHA-1' : 'MD5'
  return [
    pinned,
    remark(
      'warning',
      line,
      'weak-fingerprint',
      `a ${digest} fingerprint can be forged`,
      advice('use the SHA-256 fingerprint'),
    ),
  ]
}

function lintPlace({ line, command, argument }: Statement, home: string | null): readonly MsmtprcProblem[] {
  if (command === 'domain' && (argument === 'localhost' || argument === '')) {
    return [
      remark(
        'warning',
        line,
        'ehlo-localhost',
        'many servers refuse a client that calls itself localhost',
        advice('set domain to the full name of this machine or to your mail domain'),
      ),
    ]
  }
  if (command !== 'logfile' || argument === '') return []
  const refused = judgeLogFile(argument, home)
  return refused === null
    ? []
    : [remark('warning', line, 'log-path', refused, { kind: 'replace', line, text: 'logfile ~/.msmtp.log' })]
}
