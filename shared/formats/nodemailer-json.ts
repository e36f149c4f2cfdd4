import { AuthMethod } from '#shared/account/account.ts'
import type { Format } from '#shared/formats/format.ts'
import { member, parseJsonObject, printJsonFile, valueOf, type JsonObject } from '#shared/formats/json.ts'
import { account, flagOf, numberOf } from '#shared/formats/read.ts'
import { writer } from '#shared/formats/write.ts'

/** nodemailer's own AUTH; the rest needs code (`customAuth`). */
const METHODS: ReadonlySet<string> = new Set(['plain', 'login', 'cram-md5'])

export const NODEMAILER_JSON: Format = {
  id: 'nodemailer-json',
  name: 'nodemailer options',
  place: 'the argument of createTransport()',
  write: writer(['verifyCertificate', 'hostOverride', 'ehlo', 'sourceIp', 'timeoutSeconds', 'auth', 'proxy'], draft => {
    const { settings } = draft
    if (
      settings.auth !== 'auto' &&
      settings.auth !== 'none' &&
      !METHODS.has(settings.auth) &&
      settings.auth !== 'xoauth2'
    ) {
      draft.lose(`sign-in by ${settings.auth.toUpperCase()}: nodemailer needs code for it`)
    }
    return printJsonFile({
      host: settings.host,
      port: draft.port,
      secure: settings.security === 'tls',
      // "secure: false" alone goes on without encryption when STARTTLS is missing.
      ...(settings.security === 'starttls' ? { requireTLS: true } : {}),
      ...(settings.security === 'none' ? { ignoreTLS: true } : {}),
      ...(draft.user === null ? {} : { auth: authOf(settings.auth, draft.user, draft.password ?? '') }),
      ...(METHODS.has(settings.auth) ? { authMethod: settings.auth.toUpperCase() } : {}),
      ...(settings.verifyCertificate && settings.hostOverride === null
        ? {}
        : {
            tls: {
              ...(settings.verifyCertificate ? {} : { rejectUnauthorized: false }),
              ...(settings.hostOverride === null ? {} : { servername: settings.hostOverride }),
            },
          }),
      ...(settings.ehlo === null ? {} : { name: settings.ehlo }),
      ...(settings.sourceIp === null ? {} : { localAddress: settings.sourceIp }),
      ...(settings.timeoutSeconds === null ? {} : { connectionTimeout: settings.timeoutSeconds * 1000 }),
      ...(settings.proxy === null ? {} : { proxy: `socks5://${settings.proxy.host}:${settings.proxy.port}` }),
    })
  }),
  read(text) {
    const json = parseJsonObject(text)
    if (!json.ok) return json
    const options = json.value
    const auth = member(options, 'auth')
    const tls = member(options, 'tls')
    const timeoutMs = numberOf(valueOf(options, 'connectionTimeout'))
    const notes: string[] = []
    const result = account({
      host: valueOf(options, 'host'),
      port: valueOf(options, 'port'),
      security: securityOf(options, notes),
      user: valueOf(auth, 'user'),
      password: valueOf(auth, 'pass') ?? valueOf(auth, 'accessToken'),
      more: {
        auth: methodOf(options, auth),
        verifyCertificate: tls['rejectUnauthorized'] !== false,
        hostOverride: valueOf(tls, 'servername'),
        ehlo: valueOf(options, 'name'),
        sourceIp: valueOf(options, 'localAddress'),
        timeoutSeconds: timeoutMs === null ? null : Math.max(1, Math.round(timeoutMs / 1000)),
      },
      notes,
    })
    const proxy = /^socks5?:\/\/\[?([^\]/@]+?)\]?:(\d{1,5})$/.exec(String(valueOf(options, 'proxy') ?? ''))
    if (!result.ok || !proxy) return result
    const settings = { ...result.value.settings, proxy: { host: proxy[1] ?? '', port: Number(proxy[2]) } }
    return { ...result, value: { ...result.value, settings } }
  },
}

function authOf(method: AuthMethod, user: string, password: string) {
  return method === 'xoauth2' ? { type: 'OAuth2', user, accessToken: password } : { user, pass: password }
}

function methodOf(options: JsonObject, auth: JsonObject): AuthMethod {
  if (auth['type'] === 'OAuth2') return 'xoauth2'
  const method = AuthMethod.safeParse(String(valueOf(options, 'authMethod') ?? 'auto').toLowerCase())
  return method.success ? method.data : 'auto'
}

function securityOf(options: JsonObject, notes: string[]) {
  if (flagOf(valueOf(options, 'secure'))) return 'tls'
  if (flagOf(valueOf(options, 'requireTLS'))) return 'starttls'
  if (flagOf(valueOf(options, 'ignoreTLS'))) return 'none'
  if (options['secure'] === undefined && numberOf(valueOf(options, 'port')) === 465) return 'tls'
  notes.push('nodemailer would use STARTTLS only when it is offered; here it is required')
  return 'starttls'
}
