import type { Security } from '#shared/account/account.ts'
import { printPowershell } from '#shared/report/run-with-powershell.ts'
import { printPython } from '#shared/report/run-with-python.ts'
import { shellWord } from '#shared/formats/dialect/shell.ts'

/** What to test on another machine. No secret: every command asks for it where it is run. */
export type TestThere = {
  readonly host: string
  readonly port: number
  readonly security: Security
  /** null: nobody signs in. */
  readonly user: string | null
  readonly from: string | null
  /** The recipient that is offered, and taken back before any message. */
  readonly to: string | null
}

export type ToolId = 'swaks' | 'openssl' | 'curl' | 'powershell' | 'python' | 'bash'

export type ToolCommand = {
  readonly id: ToolId
  readonly title: string
  /** Where it runs, and what it needs. */
  readonly runsOn: string
  /** How far it goes. */
  readonly does: string
  readonly command: string
}

/** RFC 1123 section 2.1 names and address literals; the underscore occurs in names of containers. */
const HOST = /^(?:[a-z0-9_](?:[a-z0-9_.-]{0,253}[a-z0-9_.])?|[0-9a-f:]+(?:%[\w.]+)?)$/i

/**
 * The same test as commands for the machine that fails. None of them sends a message, and none holds a secret. Empty for
 * a host that is none: a name that begins with a hyphen would be taken for an option.
 */
export function printCommands(test: TestThere): readonly ToolCommand[] {
  if (!HOST.test(test.host)) return []
  const offersEnvelope = test.from !== null && test.to !== null
  const signsIn = test.user === null ? '' : ', signs in'
  return [
    {
      id: 'swaks',
      title: 'swaks',
      runsOn: 'Linux, macOS, Windows with Perl; the package is called swaks',
      does: `Connects, encrypts${signsIn}${offersEnvelope ? ', offers sender and recipient' : ''}, and leaves`,
      command: printSwaks(test),
    },
    ...(test.security === 'none'
      ? []
      : [
          {
            id: 'openssl' as const,
            title: 'openssl',
            runsOn: 'Linux, macOS',
            does: 'Connects, encrypts, and shows and checks the certificates',
            command: printOpenssl(test),
          },
        ]),
    {
      id: 'curl',
      title: 'curl',
      runsOn: 'Linux, macOS, Windows 10 and later',
      does: `Connects, encrypts${signsIn}, and leaves`,
      command: printCurl(test),
    },
    {
      id: 'powershell',
      title: 'PowerShell',
      runsOn: 'Windows, and PowerShell on Linux and macOS',
      does: `Connects, encrypts${signsIn}, and leaves; nothing has to be installed`,
      command: printPowershell(test),
    },
    {
      id: 'python',
      title: 'Python',
      runsOn: 'Wherever Python 3 is, in a POSIX shell',
      does: `Connects, encrypts${signsIn}, and leaves`,
      command: printPython(test),
    },
    {
      id: 'bash',
      title: 'bash',
      runsOn:
        'Linux and macOS, also in a container where nothing else is installed; Ctrl+C when nothing comes for a minute',
      does: test.security === 'tls' ? 'Only connects' : 'Connects and reads what the server offers, without encryption',
      command: printBash(test),
    },
  ]
}

function printSwaks({ host, port, security, user, from, to }: TestThere): string {
  const encryption = { none: [], starttls: ['--tls'], tls: ['--tls-on-connect'] }[security]
  // Without a value swaks asks; `--protect-prompt` does not show what is typed. A name like an option is asked for, too.
  const named = user === null || user.startsWith('-') ? [] : [shellWord(user)]
  const signIn = user === null ? [] : ['--auth-user', ...named, '--protect-prompt', '--auth-hide-password']
  const safe = (address: string | null) => address !== null && !address.startsWith('-')
  const envelope =
    safe(from) && safe(to)
      ? ['--from', shellWord(from ?? ''), '--to', shellWord(to ?? ''), '--quit-after', 'RCPT']
      : ['--quit-after', user === null ? 'HELO' : 'AUTH']
  const verify = security === 'none' ? [] : ['--tls-verify']
  return ['swaks', '--server', bracketed(host), '--port', port, ...encryption, ...verify, ...signIn, ...envelope].join(
    ' ',
  )
}

function printOpenssl({ host, port, security }: TestThere): string {
  const address = /^[\d.]+$|:/.test(host)
  const names = address ? `-verify_ip ${host}` : `-servername ${host} -verify_hostname ${host}`
  const upgrade = security === 'starttls' ? ' -starttls smtp' : ''
  return `openssl s_client -connect ${bracketed(host)}:${port}${upgrade} ${names} -showcerts </dev/null`
}

function printCurl({ host, port, security, user }: TestThere): string {
  const scheme = security === 'tls' ? 'smtps' : 'smtp'
  const encryption = security === 'starttls' ? ' --ssl-reqd' : ''
  // curl cuts at the first colon and would take the rest for the password; without one it asks.
  const signIn = user === null || user.includes(':') ? '' : ` --user ${shellWord(user)}`
  return `curl --verbose --silent --show-error${encryption} --max-time 60${signIn} --request NOOP '${scheme}://${bracketed(host, '')}:${port}/'`
}

// $0 and $1 are the words behind the script: what is in them is data, whatever it holds.
const READ_OFFER =
  'exec 3<>"/dev/tcp/$0/$1" && head -n 1 <&3 && printf "EHLO %s\\r\\nQUIT\\r\\n" "$(hostname)" >&3 && cat <&3'
const ONLY_CONNECT = 'exec 3<>"/dev/tcp/$0/$1" && echo "connected to $0 port $1"'

function printBash({ host, port, security }: TestThere): string {
  const script = security === 'tls' ? ONLY_CONNECT : READ_OFFER
  return `bash -c '${script}' ${shellWord(host)} ${port}`
}

/** RFC 3986 section 3.2.2: an IPv6 address stands in brackets where a port follows. The quotes keep them from globbing. */
function bracketed(host: string, quote = "'"): string {
  return host.includes(':') ? `${quote}[${host}]${quote}` : host
}
