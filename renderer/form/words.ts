/** With a capital first letter: the shared texts are clauses, a form begins sentences with them. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** `x is y` and `do z` as `X is y: do z.` */
export function sentence(message: string, remedy: string | null = null): string {
  const whole = remedy === null ? message : `${message.replace(/\.$/, '')}: ${remedy}`
  return capital(/[.!?…]$/.test(whole) ? whole : `${whole}.`)
}
