/** A terminal that understands what redrawing needs (cursor up and down, column one, erasing lines) and ignores colours. */
export class FakeTerminal {
  readonly isTTY = true
  readonly columns: number
  /** How often something was written. */
  writes = 0
  #lines: string[] = ['']
  #row = 0
  #column = 0

  constructor(columns = 80) {
    this.columns = columns
  }

  write(text: string): void {
    this.writes += 1
    for (const [part, code] of text.matchAll(/\p{Cc}\[(\d*[A-Za-z])|\P{Cc}|\n/gu)) this.#take(part, code)
  }

  /** What a person sees, without empty lines at the end. */
  text(): string {
    return this.#lines
      .map((line) => line.trimEnd())
      .join('\n')
      .trimEnd()
  }

  #take(part: string, code: string | undefined): void {
    const count = Number(code?.slice(0, -1) || 1)
    if (code === undefined) this.#print(part)
    else if (code.endsWith('A')) this.#row = Math.max(0, this.#row - count)
    else if (code.endsWith('B')) this.#row += count
    else if (code.endsWith('G')) this.#column = 0
    else if (code === '2K') this.#lines[this.#row] = ''
    else if (code.endsWith('K')) this.#lines[this.#row] = this.#line().slice(0, this.#column)
    else if (!code.endsWith('m')) throw new Error(`an escape sequence that was not expected: ${code}`)
  }

  #print(character: string): void {
    if (character === '\n') {
      this.#row += 1
      this.#column = 0
      this.#lines[this.#row] ??= ''
      return
    }
    const line = this.#line().padEnd(this.#column)
    this.#lines[this.#row] = line.slice(0, this.#column) + character + line.slice(this.#column + 1)
    this.#column += 1
  }

  #line(): string {
    return this.#lines[this.#row] ?? ''
  }
}
