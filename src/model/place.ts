/** The way from the root of a document to one of its values: keys and zero-based indices. */
export type Pointer = readonly (string | number)[]

/** Where something stands in a file. `line` and `column` are 1-based; `column` counts UTF-16 code units. */
export interface Place {
  /** Relative to the working directory, with forward slashes. */
  readonly file: string
  readonly line: number
  readonly column: number
  /** The text of that line, without its end; absent where the file cannot be read any more. */
  readonly source?: string
  /** How many characters the value takes on that line, for the caret. @default 1 */
  readonly length?: number
}

/** `file:line:column`, the form that terminals and editors turn into a link. */
export function formatPlace(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`
}
