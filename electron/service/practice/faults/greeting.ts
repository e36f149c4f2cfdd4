import type { Fault, Visit } from '../fault.ts'
import { PRACTICE_DOMAIN } from '../names.ts'

/** @param slowMs how long the late greeting takes, in milliseconds */
export function greetingFaults(slowMs: number): readonly Fault[] {
  return [
    {
      id: 'silence',
      title: 'Never greets',
      description:
        'All mail ports accept the connection (and TLS, where it comes first) and then say nothing for minutes.',
      group: 'greeting',
      effects: [{ kind: 'greet-late', delayMs: null }],
    },
    {
      id: 'slow-greeting',
      title: 'Greets late',
      description: `All mail ports wait ${slowMs / 1000} seconds before they greet; then everything works.`,
      group: 'greeting',
      effects: [{ kind: 'greet-late', delayMs: slowMs }],
    },
    {
      id: 'greeting-421',
      title: 'Too busy to talk',
      description: 'All mail ports greet with 421 (too many connections) and hang up.',
      group: 'greeting',
      effects: [refuse('greeting', 421, '4.7.0 mail.practice.test Error: too many connections from your address')],
    },
    {
      id: 'greeting-554',
      title: 'Sender address is on a block list',
      description: 'All mail ports greet with 554, naming a block list, and hang up.',
      group: 'greeting',
      effects: [
        {
          kind: 'refuse',
          at: 'greeting',
          code: 554,
          text: visit =>
            `5.7.1 Service unavailable; client [${visit.clientAddress}] blocked using bl.practice.test, no SMTP service here`,
        },
      ],
    },
    {
      id: 'ehlo-refused',
      title: 'Knows no EHLO',
      description:
        'All mail ports answer EHLO with 502; the older HELO works, and so neither STARTTLS nor sign-in is offered.',
      group: 'greeting',
      effects: [refuse('ehlo', 502, '5.5.1 Error: command not implemented')],
    },
    {
      id: 'helo-name-rejected',
      title: 'Rejects the EHLO name',
      description: `All mail ports refuse EHLO and HELO unless the name ends in ${PRACTICE_DOMAIN}, the only names that the server can look up.`,
      group: 'greeting',
      effects: [helo('ehlo'), helo('helo')],
    },
    {
      id: 'helo-name-rejected-late',
      title: 'Rejects the EHLO name at the recipient',
      description: `All mail ports accept any EHLO name at first and refuse the recipient unless the name ended in ${PRACTICE_DOMAIN}.`,
      group: 'greeting',
      effects: [helo('rcpt')],
    },
  ]
}

function refuse(at: 'greeting' | 'ehlo', code: number, text: string) {
  return { kind: 'refuse', at, code, text } as const
}

function helo(at: 'ehlo' | 'helo' | 'rcpt') {
  return { kind: 'refuse', at, code: 504, text: heloText, when: (visit: Visit) => !isOurName(visit.ehloName) } as const
}

function heloText(visit: Visit): string {
  return `5.5.2 <${visit.ehloName ?? ''}>: Helo command rejected: need fully-qualified hostname`
}

function isOurName(name: string | null): boolean {
  return name !== null && (name === PRACTICE_DOMAIN || name.endsWith(`.${PRACTICE_DOMAIN}`))
}
