import {
  ADDRESS_AS_USER,
  LOCAL_PART_AS_USER,
  MAILBOX_PASSWORD,
  preset,
  secret,
  TLS_465,
  type PresetSecret,
} from '#shared/account/preset.ts'

const APP_PASSWORD = secret('app-password', 'a password made for mail programs')
const AUTHORIZATION_CODE = secret('app-password', 'the authorization code from the mailbox settings; not the password')

/** These differ only in their names: implicit TLS on 465, and the address as user name. */
function on465(
  id: string,
  name: string,
  host: string,
  domains: readonly string[],
  mxSuffixes: readonly string[],
  passwordKind: PresetSecret,
  more: Partial<Parameters<typeof preset>[0]> = {},
) {
  return preset({
    id,
    name,
    kind: 'mailbox',
    hosts: host,
    ports: [TLS_465],
    user: ADDRESS_AS_USER,
    secret: passwordKind,
    domains,
    mxSuffixes,
    evidence: 'source code',
    ...more,
  })
}

export const EASTERN_MAILBOXES = [
  on465(
    'yandex',
    'Yandex Mail',
    'smtp.yandex.com',
    ['yandex.com', 'yandex.ru', 'ya.ru'],
    ['yandex.ru', 'yandex.net'],
    APP_PASSWORD,
    { dkimSelectors: ['mail'], spfInclude: '_spf.yandex.net' },
  ),
  on465('mail-ru', 'Mail.ru', 'smtp.mail.ru', ['mail.ru', 'inbox.ru', 'list.ru', 'bk.ru'], ['mail.ru'], APP_PASSWORD, {
    dkimSelectors: ['mailru'],
    spfInclude: '_spf.mail.ru',
  }),
  on465('rambler', 'Rambler', 'smtp.rambler.ru', ['rambler.ru'], ['rambler.ru'], APP_PASSWORD),
  on465('qq', 'QQ Mail', 'smtp.qq.com', ['qq.com', 'foxmail.com'], [], AUTHORIZATION_CODE, {
    aliases: ['tencent', 'foxmail'],
  }),
  on465('163', 'NetEase 163', 'smtp.163.com', ['163.com'], [], AUTHORIZATION_CODE, { aliases: ['netease'] }),
  on465('126', 'NetEase 126', 'smtp.126.com', ['126.com'], [], AUTHORIZATION_CODE, { aliases: ['netease'] }),
  on465(
    'seznam',
    'Seznam.cz',
    'smtp.seznam.cz',
    ['seznam.cz', 'email.cz', 'post.cz', 'spoluzaci.cz'],
    ['seznam.cz'],
    MAILBOX_PASSWORD,
  ),
  on465('wp-pl', 'WP Poczta', 'smtp.wp.pl', ['wp.pl'], ['wp.pl'], MAILBOX_PASSWORD, { user: LOCAL_PART_AS_USER }),
  on465(
    'onet',
    'Onet Poczta',
    'smtp.poczta.onet.pl',
    ['onet.pl', 'poczta.onet.pl', 'op.pl'],
    ['onet.pl'],
    MAILBOX_PASSWORD,
  ),
  on465('o2-pl', 'o2 Poczta', 'poczta.o2.pl', ['o2.pl'], ['o2.pl'], MAILBOX_PASSWORD, { user: LOCAL_PART_AS_USER }),
]
