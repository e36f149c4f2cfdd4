import type { Security } from '#shared/account/account.ts'
import type { Format } from '#shared/formats/format.ts'
import { parseJsonObject, printJsonFile, valueOf } from '#shared/formats/json.ts'
import { account, fault } from '#shared/formats/read.ts'
import { writer } from '#shared/formats/write.ts'

const SECURITIES: Readonly<Record<string, Security>> = { none: 'none', starttls: 'starttls', tls: 'tls' }

/** The input of NethServer 8's `set-smarthost`: seven keys, all of them required. */
export const NETHSERVER_JSON: Format = {
  id: 'nethserver-json',
  name: 'NethServer 8 smarthost',
  place: 'api-cli run set-smarthost --data -',
  write: writer(['verifyCertificate'], ({ settings, port, user, password }) =>
    printJsonFile({
      port,
      host: settings.host,
      username: user ?? '',
      password: password ?? '',
      enabled: true,
      encrypt_smtp: settings.security,
      tls_verify: settings.verifyCertificate,
    }),
  ),
  read(text) {
    const json = parseJsonObject(text)
    if (!json.ok) return json
    const security = SECURITIES[String(valueOf(json.value, 'encrypt_smtp') ?? '')]
    if (security === undefined) return fault('encrypt_smtp has to be none, starttls or tls')
    return account({
      host: valueOf(json.value, 'host'),
      port: valueOf(json.value, 'port'),
      security,
      user: valueOf(json.value, 'username'),
      password: valueOf(json.value, 'password'),
      more: { verifyCertificate: json.value['tls_verify'] !== false },
      notes: json.value['enabled'] === false ? ['the smarthost was turned off there'] : [],
    })
  },
}
