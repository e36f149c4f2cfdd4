import { GITLAB_RUBY } from '#shared/formats/dialect/languages.ts'
import { pairFormat } from '#shared/formats/pairs.ts'
import { flagOf, textOf } from '#shared/formats/read.ts'

/** GitLab's words for the methods that it knows. */
const METHODS: Readonly<Record<string, string>> = {
  auto: 'login',
  login: 'login',
  plain: 'plain',
  'cram-md5': 'cram_md5',
}

export const GITLAB_RB = pairFormat({
  id: 'gitlab-rb',
  name: 'GitLab',
  place: '/etc/gitlab/gitlab.rb, then gitlab-ctl reconfigure',
  dialect: GITLAB_RUBY,
  carries: ['auth', 'ehlo', 'verifyCertificate', 'caFile', 'from', 'fromName'],
  needs: 'smtp_address',
  pairs: draft => {
    const { settings, port, user, password } = draft
    if (settings.security === 'starttls') draft.lose('GitLab uses STARTTLS when it is offered and does not require it')
    const method = METHODS[settings.auth]
    if (user !== null && method === undefined) draft.lose(`sign-in by ${settings.auth.toUpperCase()}`)
    return [
      ['smtp_enable', true],
      ['smtp_address', settings.host],
      ['smtp_port', port],
      ['smtp_user_name', user],
      ['smtp_password', password],
      ['smtp_domain', settings.ehlo],
      ['smtp_authentication', user === null ? null : (method ?? 'login')],
      ['smtp_tls', settings.security === 'tls'],
      ['smtp_enable_starttls_auto', settings.security === 'starttls'],
      ['smtp_openssl_verify_mode', settings.verifyCertificate ? 'peer' : 'none'],
      ['smtp_ca_file', settings.caFile],
      ['gitlab_email_from', settings.from],
      ['gitlab_email_display_name', settings.fromName],
    ]
  },
  found: values => {
    const method = String(values.get('smtp_authentication') ?? '').replace('_', '-')
    const signsIn = textOf(values.get('smtp_user_name')) !== null
    return {
      host: values.get('smtp_address'),
      port: values.get('smtp_port'),
      security:
        flagOf(values.get('smtp_tls')) || flagOf(values.get('smtp_ssl'))
          ? 'tls'
          : flagOf(values.get('smtp_enable_starttls_auto'))
            ? 'starttls'
            : 'none',
      user: values.get('smtp_user_name'),
      password: values.get('smtp_password'),
      more: {
        // GitLab has no "choose for me": login stands for it.
        auth: signsIn && /^(?:plain|cram-md5)$/.test(method) ? method : 'auto',
        ehlo: values.get('smtp_domain'),
        verifyCertificate: values.get('smtp_openssl_verify_mode') !== 'none',
        caFile: values.get('smtp_ca_file'),
        from: values.get('gitlab_email_from'),
        fromName: values.get('gitlab_email_display_name'),
      },
    }
  },
})
