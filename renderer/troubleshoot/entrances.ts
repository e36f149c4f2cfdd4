export type EntranceId = 'connect' | 'password' | 'refused' | 'spam' | 'nothing' | 'text'

export type Entrance = {
  readonly id: EntranceId
  /** What a person sees. */
  readonly title: string
  readonly line: string
  /** What is done once the person has said where. */
  readonly does: string
  /** The words on the button that does it. */
  readonly action: string
}

/** The six things that people see when mail does not work. */
export const ENTRANCES: readonly Entrance[] = [
  {
    id: 'connect',
    title: 'It cannot connect',
    line: 'Time-outs, "connection refused", "no route", "greeting never received"',
    does: 'Looks the name up, tries the port and its neighbours over IPv4 and IPv6, and looks who answers. No password is sent.',
    action: 'Find out why',
  },
  {
    id: 'password',
    title: 'The password is refused',
    line: '535, "authentication failed", or it asks again and again',
    does: 'Connects, encrypts and signs in once. No message is sent.',
    action: 'Try to sign in',
  },
  {
    id: 'refused',
    title: 'The message is refused',
    line: '550, 553 or 554 at the sender, the recipient or the message',
    does: 'Signs in, offers the sender and the recipient, and takes the offer back. No message is sent.',
    action: 'Offer sender and recipient',
  },
  {
    id: 'spam',
    title: 'It lands in spam',
    line: 'It arrives, but in the wrong folder',
    does: 'Looks at what the DNS says about the sending domain: SPF, DKIM, DMARC and reverse names. Nothing is sent.',
    action: 'Look at the domain',
  },
  {
    id: 'nothing',
    title: 'Nothing arrives',
    line: 'No error and no message',
    does: 'Sends one test message to the recipient that you name, and shows what the server said to it.',
    action: 'Send a test message',
  },
  {
    id: 'text',
    title: 'I have an error text',
    line: 'A log, a bounce, a stack trace: paste it',
    does: 'Reads the text here, without any network.',
    action: 'Read the text',
  },
]

export function entranceOf(id: EntranceId): Entrance {
  const found = ENTRANCES.find(each => each.id === id)
  if (!found) throw new Error(`there is no entrance ${id}`)
  return found
}
