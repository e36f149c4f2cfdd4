import { domainOf, localPartOf } from '#shared/account/address.ts'
import { PHP_ARRAY, PHP_DEFINES } from '#shared/formats/dialect/languages.ts'
import { pairFormat } from '#shared/formats/pairs.ts'
import { flagOf, secondsOf, textOf } from '#shared/formats/read.ts'

const STREAM_OPTIONS = [
  "  'mail_smtpstreamoptions' => array('ssl' => array(",
  "    'verify_peer' => false, 'verify_peer_name' => false, 'allow_self_signed' => true)),",
]

export const NEXTCLOUD_PHP = pairFormat({
  id: 'nextcloud-php',
  name: 'Nextcloud',
  place: 'inside the array of config/config.php',
  dialect: {
    ...PHP_ARRAY,
    // The certificate check is an array inside the array; it stands as a pair so that it is read and written in one place.
    print: (key, value) => (key === 'verify_peer' ? STREAM_OPTIONS.join('\n') : PHP_ARRAY.print(key, value)),
    parse: text => {
      const values = new Map(PHP_ARRAY.parse(text))
      if (/'verify_peer'\s*=>\s*false/.test(text)) values.set('verify_peer', false)
      return values
    },
  },
  carries: ['from', 'timeoutSeconds', 'verifyCertificate'],
  needs: 'mail_smtphost',
  pairs: draft => {
    const { settings, port, user, password } = draft
    if (settings.security === 'starttls')
      draft.lose('Nextcloud uses STARTTLS when it is offered and does not require it')
    if (settings.security === 'none') draft.lose('Nextcloud uses STARTTLS whenever it is offered')
    return [
      ['mail_smtpmode', 'smtp'],
      ['mail_smtphost', settings.host],
      ['mail_smtpport', port],
      ['mail_smtpsecure', settings.security === 'tls' ? 'ssl' : ''],
      ['mail_smtpauth', user !== null],
      ['mail_smtpname', user],
      ['mail_smtppassword', password],
      ['mail_from_address', settings.from === null ? null : localPartOf(settings.from)],
      ['mail_domain', settings.from === null ? null : domainOf(settings.from)],
      ['mail_smtptimeout', settings.timeoutSeconds],
      ['verify_peer', settings.verifyCertificate ? null : false],
    ]
  },
  found: values => {
    const signsIn = flagOf(values.get('mail_smtpauth'))
    const local = textOf(values.get('mail_from_address'))
    const domain = textOf(values.get('mail_domain'))
    return {
      host: values.get('mail_smtphost'),
      port: values.get('mail_smtpport'),
      security: values.get('mail_smtpsecure') === 'ssl' ? 'tls' : 'starttls',
      user: signsIn ? values.get('mail_smtpname') : null,
      password: signsIn ? values.get('mail_smtppassword') : null,
      more: {
        from: local !== null && domain !== null ? `${local}@${domain}` : null,
        timeoutSeconds: secondsOf(values.get('mail_smtptimeout')),
        verifyCertificate: values.get('verify_peer') !== false,
      },
    }
  },
})

export const WORDPRESS_PHP = pairFormat({
  id: 'wordpress-php',
  name: 'WordPress with WP Mail SMTP',
  place: 'wp-config.php, above "That\'s all, stop editing!"',
  dialect: PHP_DEFINES,
  carries: ['from', 'fromName'],
  needs: 'WPMS_SMTP_HOST',
  pairs: ({ settings, port, user, password }) => [
    ['WPMS_ON', true],
    ['WPMS_MAILER', 'smtp'],
    ['WPMS_MAIL_FROM', settings.from],
    ['WPMS_MAIL_FROM_NAME', settings.fromName],
    ['WPMS_SMTP_HOST', settings.host],
    ['WPMS_SMTP_PORT', port],
    ['WPMS_SSL', { none: '', starttls: 'tls', tls: 'ssl' }[settings.security]],
    ['WPMS_SMTP_AUTOTLS', settings.security !== 'none'],
    ['WPMS_SMTP_AUTH', user !== null],
    ['WPMS_SMTP_USER', user],
    ['WPMS_SMTP_PASS', password],
  ],
  found: values => {
    const signsIn = flagOf(values.get('WPMS_SMTP_AUTH'))
    return {
      host: values.get('WPMS_SMTP_HOST'),
      port: values.get('WPMS_SMTP_PORT'),
      security: values.get('WPMS_SSL') === 'ssl' ? 'tls' : values.get('WPMS_SSL') === 'tls' ? 'starttls' : 'none',
      user: signsIn ? values.get('WPMS_SMTP_USER') : null,
      password: signsIn ? values.get('WPMS_SMTP_PASS') : null,
      more: { from: values.get('WPMS_MAIL_FROM'), fromName: values.get('WPMS_MAIL_FROM_NAME') },
    }
  },
})
