/*
 * A password or token on its way to the server. Everything but this folder can carry one and cannot look inside:
 * printing, logging, JSON and inspection all give `***`.
 */

const HIDDEN = '***'

let open: (secret: Secret) => string

export class Secret {
  readonly #value: string

  static {
    open = secret => secret.#value
  }

  constructor(value: string) {
    this.#value = value
  }

  toString(): string {
    return HIDDEN
  }

  toJSON(): string {
    return HIDDEN
  }

  // What `console.log` and `util.inspect` print.
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return HIDDEN
  }
}

export function sealSecret(value: string): Secret {
  return new Secret(value)
}

/** The value itself. Only files of this folder may import this; the architecture test looks for it elsewhere. */
export function reveal(secret: Secret): string {
  return open(secret)
}
