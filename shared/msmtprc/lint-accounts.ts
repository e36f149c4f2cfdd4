import { type MsmtprcAccount, NOT_INHERITED, settingOf, valueOf } from '#shared/msmtprc/accounts.ts'
import type { SettingName } from '#shared/msmtprc/directive.ts'
import { advice, type MsmtprcFix, type MsmtprcProblem, remark } from '#shared/msmtprc/problem.ts'

/** What the settings of one account mean together, beyond what msmtp says. */
export function lintAccount(account: MsmtprcAccount, parents: readonly MsmtprcAccount[]): readonly MsmtprcProblem[] {
  const value = (name: SettingName) => valueOf(account, name)
  const lineOf = (...names: readonly SettingName[]) =>
    names.map(name => settingOf(account, name)?.line).find(line => line !== undefined) ?? account.line
  if (value('host') === null && value('socket') === null) return []
  return [
    ...lintPort(value, lineOf),
    ...lintSignIn(account, value, lineOf),
    ...lintNames(account, value),
    ...lintInheritance(account, parents),
  ]
}

type ValueOf = (name: SettingName) => string | null
type LineOf = (...names: readonly SettingName[]) => number

function lintPort(value: ValueOf, lineOf: LineOf): readonly MsmtprcProblem[] {
  const port = value('port')
  const tls = value('tls') === 'on'
  const starttls = value('tls_starttls') === 'on'
  if (port === '465' && !tls) {
    return [
      remark(
        'warning',
        lineOf('tls', 'port'),
        'no-tls-on-465',
        'port 465 speaks TLS from the first byte, and tls is off',
        append(lineOf('port'), 'tls on'),
      ),
    ]
  }
  if (port === '465' && starttls) {
    const said =
      'port 465 speaks TLS from the first byte: with tls_starttls on msmtp waits for a greeting that never comes'
    return [
      remark(
        'warning',
        lineOf('tls_starttls', 'port'),
        'starttls-on-465',
        said,
        append(lineOf('port'), 'tls_starttls off'),
      ),
    ]
  }
  if ((port === '587' || port === '25') && tls && !starttls) {
    const said = `port ${port} begins in the clear: with tls_starttls off msmtp gets no TLS there`
    return [
      remark('warning', lineOf('tls_starttls'), 'tls-on-submission', said, advice('set tls_starttls on, or port 465')),
    ]
  }
  return []
}

function lintSignIn(account: MsmtprcAccount, value: ValueOf, lineOf: LineOf): readonly MsmtprcProblem[] {
  const problems: MsmtprcProblem[] = []
  const auth = value('auth')
  const secret = value('password') ?? value('passwordeval')
  if (auth === 'none') {
    if (secret === null) return []
    return [
      remark(
        'warning',
        lineOf('auth', 'user', 'password', 'passwordeval'),
        'auth-off',
        `account ${account.name} has a password, and auth is off: msmtp will not sign in`,
        append(lineOf('user', 'password', 'passwordeval'), 'auth on'),
      ),
    ]
  }
  if (value('user') === null && auth !== 'EXTERNAL') {
    problems.push(
      remark(
        'warning',
        lineOf('auth'),
        'auth-without-user',
        `account ${account.name} signs in without a user`,
        advice('set user'),
      ),
    )
  }
  if (value('tls') !== 'on' && !isLocal(value)) {
    const said =
      auth === 'choose'
        ? 'without TLS msmtp signs in with SCRAM only, which few servers offer'
        : 'the password travels without encryption'
    problems.push(
      remark('warning', lineOf('tls', 'auth'), 'password-without-tls', said, append(lineOf('auth'), 'tls on')),
    )
  }
  if (value('password') !== null && value('passwordeval') !== null) {
    problems.push(
      remark('info', lineOf('passwordeval'), 'passwordeval-unused', 'passwordeval is not used: password is set too'),
    )
  }
  return problems
}

function lintNames(account: MsmtprcAccount, value: ValueOf): readonly MsmtprcProblem[] {
  if (settingOf(account, 'domain') !== null || isLocal(value)) return []
  const fix = append(account.line, `domain ${exampleDomain(value('from')) ?? 'mail.example.org'}`)
  return [
    remark(
      'info',
      account.line,
      'ehlo-unset',
      `account ${account.name} sets no domain: msmtp calls itself localhost, which many servers refuse`,
      account.implicit ? null : fix,
    ),
  ]
}

function lintInheritance(account: MsmtprcAccount, parents: readonly MsmtprcAccount[]): readonly MsmtprcProblem[] {
  return [...NOT_INHERITED]
    .filter(name => !account.own.has(name) && parents.some(parent => parent.own.has(name)))
    .map(name => {
      const said = `msmtp 1.8.23 does not pass ${name} on to ${account.name}; 1.8.24 does`
      const value = parents.findLast(parent => parent.own.has(name))?.own.get(name)?.value ?? 'on'
      return remark('warning', account.line, 'not-inherited', said, append(account.line, `${name} ${value}`))
    })
}

function isLocal(value: ValueOf): boolean {
  return value('socket') !== null || /^(?:localhost|127\.[0-9.]+|::1)$/.test(value('host') ?? '')
}

function exampleDomain(from: string | null): string | null {
  return /@([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/i.exec(from ?? '')?.[1] ?? null
}

function append(line: number, text: string): MsmtprcFix {
  return { kind: 'append', line, text }
}
