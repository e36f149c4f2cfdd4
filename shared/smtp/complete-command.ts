/** What a console knows of the server when it completes a line: the keywords of its last EHLO reply with parameters. */
export type Offers = readonly string[]

const COMMANDS: readonly string[] = [
  'EHLO ',
  'STARTTLS',
  'AUTH ',
  'MAIL FROM:<',
  'RCPT TO:<',
  'RSET',
  'NOOP',
  'VRFY ',
  'EXPN ',
  'HELP',
  'QUIT',
  'HELO ',
  'LHLO ',
  'DATA',
  'BDAT ',
  'ETRN ',
]

/** What can stand behind the address of MAIL and RCPT, and the extension that must be offered for it. */
const PARAMETERS: Readonly<Record<'MAIL' | 'RCPT', readonly (readonly [parameter: string, keyword: string])[]>> = {
  MAIL: [
    ['SIZE=', 'SIZE'],
    ['BODY=8BITMIME', '8BITMIME'],
    ['BODY=BINARYMIME', 'BINARYMIME'],
    ['SMTPUTF8', 'SMTPUTF8'],
    ['RET=HDRS', 'DSN'],
    ['RET=FULL', 'DSN'],
    ['ENVID=', 'DSN'],
    ['REQUIRETLS', 'REQUIRETLS'],
    ['AUTH=<>', 'AUTH'],
  ],
  RCPT: [
    ['NOTIFY=SUCCESS,FAILURE', 'DSN'],
    ['NOTIFY=NEVER', 'DSN'],
    ['ORCPT=rfc822;', 'DSN'],
  ],
}

/** Whole lines that the begun one could become; empty where nothing fits. Before an EHLO every parameter is offered. */
export function completeCommand(line: string, offers: Offers): readonly string[] {
  if (line.trim() === '') return []
  const auth = /^(AUTH\s+)(\S*)$/i.exec(line)
  if (auth) return completeWord(auth[1] ?? '', auth[2] ?? '', mechanismsIn(offers))
  const address = /^((MAIL FROM|RCPT TO):<[^>]*>(?:\s+\S+)*\s+)(\S*)$/i.exec(line)
  if (address) {
    const known = PARAMETERS[/^MAIL/i.test(address[2] ?? '') ? 'MAIL' : 'RCPT']
    const usable = known.filter(([, keyword]) => offers.length === 0 || offersKeyword(offers, keyword))
    const given = (address[1] ?? '').toUpperCase()
    const open = usable
      .map(([parameter]) => parameter)
      .filter(parameter => !given.includes(` ${parameter.split('=')[0]}`))
    return completeWord(address[1] ?? '', address[3] ?? '', open)
  }
  const wanted = line.toUpperCase()
  return COMMANDS.filter(command => command.startsWith(wanted) && command !== wanted)
}

/** The longest beginning that all candidates share: what one press of Tab can add. */
export function sharedBeginning(candidates: readonly string[]): string {
  const [first = '', ...others] = candidates
  let length = first.length
  for (const other of others) {
    while (!other.startsWith(first.slice(0, length))) length--
  }
  return first.slice(0, length)
}

/** The candidates and the begun line from its last word on, where all before that stays: what is shown to choose from. */
export function lastWords(
  line: string,
  candidates: readonly string[],
): { readonly begun: string; readonly words: readonly string[] } {
  const before = line.slice(0, line.lastIndexOf(' ') + 1)
  if (!candidates.every(candidate => candidate.startsWith(before))) return { begun: line, words: candidates }
  return { begun: line.slice(before.length), words: candidates.map(candidate => candidate.slice(before.length)) }
}

export function mechanismsIn(offers: Offers): readonly string[] {
  const found = offers.filter(offer => /^AUTH[ =]/i.test(offer)).flatMap(offer => offer.slice(5).split(/\s+/))
  return [...new Set(found.map(name => name.toUpperCase()).filter(name => name !== ''))]
}

function offersKeyword(offers: Offers, keyword: string): boolean {
  return offers.some(offer => offer.toUpperCase().split(/[ =]/)[0] === keyword)
}

function completeWord(before: string, begun: string, words: readonly string[]): readonly string[] {
  const wanted = begun.toUpperCase()
  return words
    .filter(word => word.toUpperCase().startsWith(wanted) && word.toUpperCase() !== wanted)
    .map(word => `${before}${word}`)
}
