import type { Format } from '#shared/formats/format.ts'
import { isObject, member, parseJsonObject, printJsonFile, valueOf } from '#shared/formats/json.ts'
import { account, fault, flagOf } from '#shared/formats/read.ts'
import { writer } from '#shared/formats/write.ts'

/** `smtpServer` of a realm: every value is a string, booleans too. */
export const KEYCLOAK_JSON: Format = {
  id: 'keycloak-json',
  name: 'Keycloak realm',
  place: 'smtpServer in the realm: kcadm.sh update realms/NAME -f -',
  write: writer(['from', 'fromName'], draft => {
    const { settings, port, user, password } = draft
    if (settings.from === null) draft.lose('Keycloak wants a sender address')
    return printJsonFile({
      smtpServer: {
        host: settings.host,
        port: String(port),
        ssl: String(settings.security === 'tls'),
        starttls: String(settings.security === 'starttls'),
        auth: String(user !== null),
        ...(user === null ? {} : { user, password }),
        ...(settings.from === null ? {} : { from: settings.from }),
        ...(settings.fromName === null ? {} : { fromDisplayName: settings.fromName }),
      },
    })
  }),
  read(text) {
    const json = parseJsonObject(text)
    if (!json.ok) return json
    const server = isObject(json.value['smtpServer']) ? member(json.value, 'smtpServer') : json.value
    if (server['host'] === undefined) return fault('smtpServer.host is missing')
    const signsIn = flagOf(valueOf(server, 'auth'))
    return account({
      host: valueOf(server, 'host'),
      port: valueOf(server, 'port'),
      security: flagOf(valueOf(server, 'ssl')) ? 'tls' : flagOf(valueOf(server, 'starttls')) ? 'starttls' : 'none',
      user: signsIn ? valueOf(server, 'user') : null,
      password: signsIn ? valueOf(server, 'password') : null,
      more: { from: valueOf(server, 'from'), fromName: valueOf(server, 'fromDisplayName') },
    })
  },
}
