import type { Fault } from '../fault.ts'
import { PRACTICE_HOST } from '../names.ts'

export const NETWORK_FAULTS: readonly Fault[] = [
  {
    id: 'refuse-connection',
    title: 'Refuses connections',
    description: 'Nothing listens on the three mail ports: the system answers at once that the port is closed.',
    group: 'network',
    effects: [{ kind: 'closed' }],
  },
  {
    id: 'close-at-once',
    title: 'Closes every connection at once',
    description: 'All mail ports accept the connection and hang up without a word.',
    group: 'network',
    effects: [{ kind: 'cut', at: 'connect' }],
  },
  {
    id: 'not-smtp',
    title: 'Is not a mail server',
    description: 'All mail ports answer as an SSH server does, also where TLS should come first.',
    group: 'network',
    effects: [{ kind: 'say', bytes: 'SSH-2.0-Practice_1.0\r\n' }],
  },
  {
    id: 'imap-instead',
    title: 'Is an IMAP server',
    description: 'All mail ports greet as a server for reading mail does, also where TLS should come first.',
    group: 'network',
    effects: [{ kind: 'say', bytes: '* OK [CAPABILITY IMAP4rev1 STARTTLS] Practice ready.\r\n' }],
  },
  {
    id: 'host-not-found',
    title: 'Host name does not exist',
    description: `The practice DNS server says that ${PRACTICE_HOST} does not exist. Shows where that name is the host and the practice DNS server is the resolver.`,
    group: 'network',
    effects: [{ kind: 'zone', change: records => records.filter(record => record.name !== PRACTICE_HOST) }],
  },
  {
    id: 'unreachable-family',
    title: 'IPv6 address that leads nowhere',
    description: `${PRACTICE_HOST} has an IPv6 address too, one that no network routes. Shows where that name is the host and the practice DNS server is the resolver.`,
    group: 'network',
    effects: [
      {
        kind: 'zone',
        // RFC 3849: a prefix for documentation, which nobody routes.
        change: records => [...records, { name: PRACTICE_HOST, type: 'AAAA', address: '2001:db8::25' }],
      },
    ],
  },
  {
    id: 'dns-silent',
    title: 'DNS server does not answer',
    description: 'The practice DNS server takes every question and never answers.',
    group: 'network',
    effects: [{ kind: 'dns', answer: 'none' }],
  },
  {
    id: 'dns-servfail',
    title: 'DNS server fails',
    description: 'The practice DNS server answers every question with SERVFAIL.',
    group: 'network',
    effects: [{ kind: 'dns', answer: 'servfail' }],
  },
]
