import { LIKELY, HINT, MAYBE, SURE, type Table } from '#shared/explain/row.ts'

/** What mail programs say about settings that they cannot use. */
export const CLIENT_SETTINGS: Table = {
  sources: [
    'https://nodemailer.com/smtp',
    'https://symfony.com/doc/current/mailer.html',
    'https://marlam.de/msmtp/msmtp.html',
  ],
  rows: [
    [
      'client-config-invalid',
      SURE,
      `
      uri malformed | was already defined | not (yet) defined | cannot log to | and therefore must have no more than | line
      longer than | urierror | invalid url | err_invalid_url | malformed url | invalid port | port should be >= 0
      and < 65536 | port out of range | err_socket_bad_port | the mailer dsn | dsn is invalid | dsn must contain
      | unsupported scheme | scheme is not supported | missing credentials for | no smtp host | smtp host is not
      set | smtp host not configured | host must be specified | {host, server} was not specified | hostname is empty | no host configured | empty
      host | missing host | nonnumeric port | invalid host | port must be a number | could not parse url | cannot
      parse url | net/url: invalid | invalid userinfo | unsupported or invalid dsn | invalid smtp url | too many
      colons in address | missing port in address | unknown mailer | unsupported mail transport | account default
      not found | no configuration file available | no recipients found in message header | cannot read property
      … of undefined | unknown auth method | cannot read properties of undefined | requested but missing {user name, secret phrase} | unable to find the socket transport | unknown authentication method | not a valid port | invalid uri | bad
      uri | invalid dsn | malformed uri | invalid connection url | invalid character … in … url | first path
      segment in url | cannot parse … port | parse … port | invalid literal for int | strconv | nodemailer …
      undefined | host … undefined | enotfound undefined | enotfound http | enotfound smtp:// | enotfound ssl://
      | no transport | no such transport | transport … not defined | unsupported protocol scheme | unknown
      service | invalid mailer | missing credentials for "plain" | missing credentials for "login" | missing
      credentials
      `,
    ],
    [
      'client-config-invalid',
      MAYBE,
      `
      username and password are required | no password | password is required | configuration error | config
      error | unescaped characters | url-encod | urlencode | percent-encod | akia | mailer_dsn | smtp_url |
      mailer_url | connection string | unknown option | unknown property | invalid configuration | misconfigur |
      transport … not configured | configuration is {incomplete, missing, invalid} | {smtp_user, smtp_pass,
      smtp_host, smtp_port} .. missing | keyerror | the port must be | must be an integer | could not instantiate mail function | 'ascii' codec can't encode … auth_ | {missing, no} {user name,
      username, password} {configured, given, specified} | mailer: missing {user name, username, password}
      `,
    ],
    [
      'client-config-invalid',
      HINT,
      `
      mail driver | smtp_host | smtp_port | smtp_secure | smtp_user | smtp_pass | mail_encryption | parameter …
      missing | must not be empty | cannot be empty | is empty | is required | is not set | not configured |
      localhost:1025 | no such file or directory | permission denied | environment variable
      `,
    ],
    [
      'client-config-invalid',
      LIKELY,
      `
      mutually exclusive | numberformatexception | improperlyconfigured | argumentnullexception | value cannot be null | input string was
      not in a correct format | no provider for smtp | nosuchproviderexception | unknown command | unknown port |
      unknown transport | transport is not a function | getaddrinfo failed for smtp:// | {mailer, transport, mail
      provider, mail driver} .. {is not defined, not found, not configured, unknown, unsupported} | {smtp_host,
      smtp_port, smtp_user, smtp_pass, smtp_password, mail_host, mail_port, email_host, email_port} .. {not set,
      missing, invalid, is required, not defined, undefined, empty} | {dsn, connection url, smtp url, smtp uri,
      mail url, mail uri, smtp port, mail port, smtp host, mail host} .. {is invalid, is missing, is required,
      must be, not set, not configured, cannot be empty, is empty, malformed, not supported} | undefined index:
      {host, port, smtp, mail} | undefined array key "{host, port, smtp, mail}
      `,
    ],
  ],
}
