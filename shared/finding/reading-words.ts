/** The words of a reading. No sentence holds a fact: those stand in its evidence. */
export type ReadingWords = {
  readonly title: string
  readonly why: string
  readonly todo: string
}

export const READINGS = {
  'name-wrong': {
    title: 'The name of the server is wrong',
    why: 'The DNS knows no such host. It is misspelt, or has gone.',
    todo: 'Compare the name with what the provider writes, letter by letter.',
  },
  'split-dns': {
    title: 'The name means something else, or nothing, in this network',
    why: 'Inside some networks, or through a VPN, names have other answers than outside. This machine got one that does not lead to the server.',
    todo: 'Turn the VPN on (or off) and look again, or ask the administrator which name to use from here.',
  },
  'resolver-silent': {
    title: 'The DNS of this network does not answer',
    why: 'Nobody could say what the name stands for, so it is not known whether the server works.',
    todo: 'Look whether other names resolve. If none does, repair the DNS settings of this machine or network first.',
  },
  'server-down': {
    title: 'The server is down',
    why: 'The machine was asked and no mail server answered on any port that mail is handed in on.',
    todo: 'Look at the status page of the provider, or start the mail server if it is your own.',
  },
  'server-firewall': {
    title: 'A firewall of the server keeps you out',
    why: 'The port works elsewhere, and this server does not answer you on it: it may let in only addresses that it knows.',
    todo: 'Test from another network. If it works there, ask the administrator of the server to let your address in.',
  },
  'wrong-port': {
    title: 'The port is wrong',
    why: 'No mail server answers on the port of the settings, while one answers on another.',
    todo: 'Use the port that answers.',
  },
  'network-blocks-port': {
    title: 'This network blocks the port',
    why: 'Packets to this port get no answer, while other ports of the same server do. Most internet and hosting providers block port 25, some block others.',
    todo: 'Use a port that is open, or ask the provider of this network to open it.',
  },
  'family-blocked': {
    title: 'One of IPv4 and IPv6 does not work here',
    why: 'The two are separate networks. Over one of them nothing comes back, and programs that try only that one fail.',
    todo: 'Use only the one that works, in the settings, until the network is repaired.',
  },
  'captive-portal': {
    title: 'A web page answers in place of the mail server',
    why: 'Hotel and guest networks lead every connection to their own page until somebody has agreed to it.',
    todo: 'Open any web page in the browser, sign in to the network, and test again.',
  },
  'answers-everywhere': {
    title: 'Something between answers for the server',
    why: 'A connection came about on a port where no server listens: a proxy or a firewall accepts everything, so that nothing can be said about the server behind it.',
    todo: 'Test from another network, or ask for an exception for this server.',
  },
  interception: {
    title: 'Something between opens or changes the connection',
    why: 'What arrived does not come from the mail server: an antivirus program, a firewall or the network provider reads or rewrites it.',
    todo: 'Turn off the mail scanner, or make an exception for this server. Do not send a password until then.',
  },
  'localhost-in-container': {
    title: 'Inside a container "localhost" is the container itself',
    why: 'The settings name this machine, and this program runs in a container, where no mail server listens.',
    todo: 'Use the name of the service, the address of the machine around the container, or host.docker.internal.',
  },
  'local-firewall': {
    title: 'This machine does not allow the connection',
    why: 'The operating system itself refused: a local firewall, a security profile or a sandbox.',
    todo: 'Allow outgoing connections of this program to the port.',
  },
  'proxy-failed': {
    title: 'The proxy does not make the connection',
    why: 'The settings name a SOCKS proxy, and it refused or did not answer.',
    todo: 'Test without the proxy, or ask whoever runs it.',
  },
  'server-quiet': {
    title: 'The server takes the connection and says nothing',
    why: 'It makes strangers wait, is overloaded, or filters addresses; or TLS is expected from the start.',
    todo: 'Wait and test again, and try TLS from the start.',
  },
  offline: {
    title: 'This machine has no way to the server',
    why: 'There is no route: the machine is offline, or the network that the server is in is not connected.',
    todo: 'Look whether any web page opens, and turn the VPN on if the server is behind one.',
  },
  reachable: {
    title: 'The server can be reached from here',
    why: 'The connection came about and the server spoke. What fails is something else, or fails elsewhere.',
    todo: 'Test the account itself, or run the same test on the machine that fails.',
  },
} as const satisfies Readonly<Record<string, ReadingWords>>

export type ReadingId = keyof typeof READINGS
