import { execFile } from 'node:child_process'

export type MsmtpInfo = {
  readonly exit: number
  readonly output: string
  readonly host: string | null
  readonly canonicalName: string | null
  readonly address: string | null
  readonly port: number | null
  readonly banner: string | null
  readonly size: number | null
  readonly features: readonly string[]
  readonly auth: readonly string[]
  readonly subject: string | null
  readonly issuer: string | null
  /** ISO 8601. */
  readonly notBefore: string | null
  readonly notAfter: string | null
  readonly sha256: string | null
  readonly sha1: string | null
}

/** What `msmtp --serverinfo` prints, taken apart. */
export async function msmtpInfo(port: number, options: readonly string[]): Promise<MsmtpInfo> {
  const words = ['--serverinfo', '--file=/dev/null', '--host=127.0.0.1', `--port=${port}`, ...options]
  const { exit, output } = await new Promise<{ exit: number; output: string }>(resolve => {
    execFile('msmtp', words, { env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ exit: code, output: `${stdout}${stderr}` })
    })
  })
  const first = /^SMTP server at (\S+) \((\S+) \[(\S+)\]\), port (\d+):\n {4}(.*)$/m.exec(output)
  const after = (title: string) => new RegExp(`^ +${title}\\n? *(.+)$`, 'm').exec(output)?.[1] ?? null
  const features = [...output.matchAll(/^ {4}([A-Z0-9]+)(?: \d+)?:$/gm)].flatMap(match => match[1] ?? [])
  const date = (text: string | null) => (text === null ? null : new Date(`${text} UTC`).toISOString())
  return {
    exit,
    output,
    host: first?.[1] ?? null,
    canonicalName: first?.[2] ?? null,
    address: first?.[3] ?? null,
    port: first ? Number(first[4]) : null,
    banner: first?.[5] ?? null,
    size: Number(/SIZE (\d+):/.exec(output)?.[1] ?? Number.NaN),
    features,
    auth: (after('Supported authentication methods:') ?? '').split(' ').filter(name => name !== ''),
    subject: after('Subject:'),
    issuer: after('Issuer:'),
    notBefore: date(after('Activation time:')),
    notAfter: date(after('Expiration time:')),
    sha256: after('SHA256:'),
    sha1: after('SHA1 \\(deprecated\\):'),
  }
}
