import type { SecretForm } from './secret-forms.ts'

/** Characters of a secret that one regular expression looks for. Of some thousands the engine makes none any more. */
const PIECE_LENGTH = 64

/** True where a form is too long to be looked for at once. */
export function isLong(form: SecretForm): boolean {
  return form.length > PIECE_LENGTH
}

/** A form of a secret that is looked for by its beginning; the rest is followed, piece by piece, only where that is found. */
export class LongForm {
  readonly #form: SecretForm
  #pieces: readonly RegExp[] | undefined

  constructor(form: SecretForm) {
    this.#form = form
  }

  /** The pattern of its beginning. */
  get beginning(): string {
    return this.#form.slice(0, PIECE_LENGTH).join('')
  }

  /** Where the secret that begins at `start` ends, or stops to be this one; `start` where it does not begin there. */
  endIn(text: string, start: number): number {
    let end = start
    for (const piece of this.#cut()) {
      piece.lastIndex = end
      if (!piece.test(text)) break
      end = piece.lastIndex
    }
    return end
  }

  #cut(): readonly RegExp[] {
    const count = Math.ceil(this.#form.length / PIECE_LENGTH)
    this.#pieces ??= Array.from(
      { length: count },
      (_none, index) => new RegExp(this.#form.slice(index * PIECE_LENGTH, (index + 1) * PIECE_LENGTH).join(''), 'y'),
    )
    return this.#pieces
  }
}
