import { plain, type Talk } from './talk.ts'

export type Ending = {
  /** The command that was refused last; `accepted` when the message went through, `cut` when the line went dead. */
  readonly at: string
  readonly reply: string | null
}

export type SessionOptions = {
  readonly ehlo?: string
  readonly signIn?: { readonly user: string; readonly password: string; readonly mechanism?: 'PLAIN' | 'XOAUTH2' }
  readonly mailFrom?: string
  readonly rcptTo?: string
}

const MESSAGE = 'From: practice@practice.test\r\nSubject: hello\r\n\r\nhello\r\n.'

/** Says what a client says for one message, up to the first refusal. The greeting was read already. */
export async function deliver(talk: Talk, options: SessionOptions = {}): Promise<Ending> {
  const { signIn } = options
  const lines = [
    ['EHLO', `EHLO ${options.ehlo ?? 'client.practice.test'}`],
    ...(signIn ? [['AUTH', authCommand(signIn)]] : []),
    ['MAIL', `MAIL FROM:<${options.mailFrom ?? 'practice@practice.test'}>`],
    ['RCPT', `RCPT TO:<${options.rcptTo ?? 'someone@practice.test'}>`],
    ['DATA', 'DATA'],
    ['message', MESSAGE],
  ] as const
  for (const [at, line] of lines) {
    const reply = await talk.say(line ?? '')
    if (reply === null || !/^[23]/.test(reply)) return { at: at ?? '', reply }
  }
  return { at: 'accepted', reply: null }
}

function authCommand(signIn: NonNullable<SessionOptions['signIn']>): string {
  if (signIn.mechanism !== 'XOAUTH2') return plain(signIn.user, signIn.password)
  const token = `user=${signIn.user}\u0001auth=Bearer ${signIn.password}\u0001\u0001`
  return `AUTH XOAUTH2 ${Buffer.from(token).toString('base64')}`
}
