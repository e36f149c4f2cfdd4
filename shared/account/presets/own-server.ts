import { known, preset, secret, signIn } from '#shared/account/preset.ts'

export const POSTFIX_LOCAL = preset({
  id: 'postfix-local',
  name: 'Postfix on this machine',
  kind: 'own server',
  aliases: ['localhost', 'local', 'sendmail', 'exim', 'mta'],
  hosts: 'localhost',
  ports: [{ port: 25, security: 'none' }],
  user: { form: 'none', hint: 'nobody signs in: Postfix trusts the addresses of this machine' },
  secret: secret('none', 'no password'),
  signIn: [signIn('ip-address', ['none'], { note: "the client's address is in mynetworks" })],
  gotchas: [
    known(
      'inside a container localhost is the container, not the machine: name the host and add its network to mynetworks',
      'third party',
      'https://github.com/overleaf/overleaf/issues/1179',
    ),
  ],
  evidence: 'provider documentation',
})
