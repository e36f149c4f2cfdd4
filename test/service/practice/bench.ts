import { readFile } from 'node:fs/promises'
import type { PracticeEndpoint } from '#shared/contract/practice.ts'
import { createPractice, type Practice } from '#service/practice/practice.ts'
import { deliver, type Ending, type SessionOptions } from './session.ts'
import { call, callEncrypted, portFor } from './talk.ts'
import { temporaryHome } from './temporary-home.ts'

export const USER = 'practice@practice.test'

/** A practice server that runs, with the two ordinary ways to hand it a message. */
export class Bench {
  readonly practice: Practice
  readonly ca: string

  private constructor(practice: Practice, ca: string) {
    this.practice = practice
    this.ca = ca
  }

  static async open(): Promise<Bench> {
    const home = await temporaryHome()
    const practice = createPractice({ home, slowGreetingMs: 300 })
    const { caFile } = await practice.start()
    return new Bench(practice, await readFile(caFile ?? '', 'utf8'))
  }

  port(security: PracticeEndpoint['security']): number {
    return portFor(this.practice.status(), security)
  }

  /** A whole delivery over the submission port: encrypted and signed in. */
  async submit(options: SessionOptions = {}): Promise<Ending> {
    const talk = await callEncrypted(this.port('starttls'), this.ca)
    const signIn = { user: USER, password: this.practice.password() }
    const ending = await deliver(talk, { signIn, ...options })
    talk.end()
    return ending
  }

  /** The same over the relay port: nobody signs in, nothing is encrypted. */
  async relay(options: SessionOptions = {}): Promise<Ending> {
    const talk = await call(this.port('none'))
    await talk.reply()
    const ending = await deliver(talk, options)
    talk.end()
    return ending
  }
}
