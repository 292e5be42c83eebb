import type { Place } from '../model/place.ts'
import { MAX_SOURCE_LENGTH } from './limits.ts'

/** Turns offsets of a text into places; the line table is made once, on first use. */
export class TextPlaces {
  readonly #text: string
  readonly #file: string
  #lineStarts: number[] | undefined

  constructor(text: string, file: string) {
    this.#text = text
    this.#file = file
  }

  /** The 1-based line of an offset. */
  lineOf(offset: number): number {
    const starts = this.#starts()
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return low + 1
  }

  /** The 1-based column of an offset in its line. */
  columnOf(offset: number): number {
    return offset - (this.#starts()[this.lineOf(offset) - 1] ?? 0) + 1
  }

  /** The place of the text from `start` to before `end`; its length counts only what stands on the first line. */
  placeOf(start: number, end: number = start + 1): Place {
    const line = this.lineOf(start)
    const lineStart = this.#starts()[line - 1] ?? 0
    const source = this.#lineAt(lineStart)
    const length = Math.max(1, Math.min(end, lineStart + source.length) - start)
    const place = { file: this.#file, line, column: start - lineStart + 1, length }
    return source.length > MAX_SOURCE_LENGTH ? place : { ...place, source }
  }

  #lineAt(lineStart: number): string {
    const end = this.#text.indexOf('\n', lineStart)
    const line = this.#text.slice(lineStart, end === -1 ? undefined : end)
    return line.endsWith('\r') ? line.slice(0, -1) : line
  }

  #starts(): readonly number[] {
    if (this.#lineStarts) return this.#lineStarts
    const starts = [0]
    for (let at = this.#text.indexOf('\n'); at !== -1; at = this.#text.indexOf('\n', at + 1)) starts.push(at + 1)
    this.#lineStarts = starts
    return starts
  }
}
