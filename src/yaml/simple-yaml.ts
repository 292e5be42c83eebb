import type { Json } from '../model/json.ts'
import { MAX_DEPTH } from './limits.ts'
import { resolvePlain } from './plain-scalar.ts'

type Mapping = Record<string, Json>

export interface SimpleDocument {
  readonly value: Json
  /** The offset of each item of the list under the watched key of the root. */
  readonly itemOffsets: readonly number[]
}

/** Thrown inside this module only: the text goes beyond what is read here. */
class Unusual extends Error {}

const KEY = /(?:([A-Za-z_][\w.-]*)|"([^"\\\n]{0,500})"|'([^'\n]{0,500})'):(?=[ \n]|$)/y
const FLOW_KEY = /(?:([A-Za-z_][\w.-]*)(?=:[ \n])|"([^"\\\n]{0,500})"(?=:)|'([^'\n]{0,500})'(?=:)):/y
const FLOW_PLAIN = /[^\n,[\]{}]+/y
/** Control characters, a lone carriage return, and the line ends of Unicode: left to the library. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ODD_CHARACTER = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/
const PLAIN_START = /[^\s\-?:,[\]{}#&*!|>'"%@`]|-(?=[^\s,[\]{}])/y
const DOCUMENT_MARK = /^(?:---|\.\.\.)(?:\s|$)/m

/**
 * Reads the everyday part of YAML, about ten times as fast as a complete parser: blocks of mappings and lists, collections
 * in brackets, plain and quoted values on one line, comments. Yields `undefined` for everything beyond, valid or not
 * (anchors, tags, texts over several lines, duplicate keys, a value that would change…), which is then read by the library;
 * what it does read is what the library would read.
 *
 * It is one long file since a grammar reads best in one piece. `at` is the next character; between two entries it stands at the
 * first character of a line's content, and `column` is that line's indentation, -1 at the end of the text.
 */
export function readSimpleYaml(text: string, watchedKey?: string): SimpleDocument | undefined {
  const unixText = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text
  if (ODD_CHARACTER.test(unixText) || DOCUMENT_MARK.test(unixText.startsWith('---\n') ? unixText.slice(3) : unixText)) return undefined
  try {
    return new SimpleReader(unixText, watchedKey).document()
  } catch (error) {
    if (error instanceof Unusual) return undefined
    throw error
  }
}

class SimpleReader {
  readonly #text: string
  readonly #watchedKey: string | undefined
  readonly #itemOffsets: number[] = []
  #at = 0
  #column = 0

  constructor(text: string, watchedKey: string | undefined) {
    this.#text = text
    this.#watchedKey = watchedKey
  }

  document(): SimpleDocument {
    this.#toContent(this.#text.startsWith('---\n') ? 4 : 0)
    const value = this.#block(0)
    if (this.#column !== -1) throw new Unusual()
    return { value, itemOffsets: this.#itemOffsets }
  }

  /** A value that begins a line, or stands behind a dash: a list, a mapping, or (in brackets only) a collection. */
  #block(depth: number): Json {
    if (depth > MAX_DEPTH) throw new Unusual()
    if (this.#isDash()) return this.#list(this.#column, depth, false)
    if (this.#isKey()) return this.#mapping(this.#column, depth)
    if (depth > 0) return this.#inline(this.#column - 1, depth)
    const value = this.#collection(-1, depth)
    this.#endLine()
    return value
  }

  #mapping(column: number, depth: number): Json {
    const mapping: Mapping = {}
    while (this.#column === column) {
      const key = this.#key(KEY)
      if (key === undefined || Object.hasOwn(mapping, key)) throw new Unusual()
      mapping[key] = this.#valueOfKey(column, depth + 1, depth === 0 && key === this.#watchedKey)
    }
    if (this.#column > column) throw new Unusual()
    return mapping
  }

  #valueOfKey(column: number, depth: number, isWatched: boolean): Json {
    if (!this.#endsLine()) {
      if (isWatched) throw new Unusual()
      return this.#inline(column, depth)
    }
    this.#toContent(this.#lineEnd() + 1)
    if (this.#column >= column && this.#isDash()) return this.#list(this.#column, depth, isWatched)
    if (this.#column <= column) return null
    return this.#block(depth)
  }

  #list(column: number, depth: number, isWatched: boolean): Json {
    if (depth > MAX_DEPTH) throw new Unusual()
    const list: Json[] = []
    while (this.#column === column && this.#isDash()) {
      this.#at += 1
      list.push(this.#item(column, depth + 1, isWatched))
    }
    if (this.#column > column) throw new Unusual()
    return list
  }

  #item(column: number, depth: number, isWatched: boolean): Json {
    if (this.#endsLine()) {
      this.#toContent(this.#lineEnd() + 1)
      if (this.#column <= column) throw new Unusual()
    } else {
      this.#column = this.#at - this.#text.lastIndexOf('\n', this.#at) - 1
    }
    if (isWatched) this.#itemOffsets.push(this.#at)
    return this.#isDash() || this.#isKey() ? this.#block(depth) : this.#inline(column, depth)
  }

  /** A value on one line, with the rest of the line; `parentColumn` bounds the indentation of a collection that takes several. */
  #inline(parentColumn: number, depth: number): Json {
    const value = this.#inlineValue(parentColumn, depth)
    this.#endLine()
    if (this.#column > parentColumn) throw new Unusual()
    return value
  }

  #inlineValue(parentColumn: number, depth: number): Json {
    const first = this.#text[this.#at]
    if (first === '"') return this.#doubleQuoted()
    if (first === "'") return this.#singleQuoted()
    if (first === '{' || first === '[') return this.#collection(parentColumn, depth)
    return this.#plainLine()
  }

  #plainLine(): Json {
    this.#expectPlainStart()
    const lineEnd = this.#lineEnd()
    const line = this.#text.slice(this.#at, lineEnd)
    const comment = line.indexOf(' #')
    const source = withoutTrailingSpaces(comment === -1 ? line : line.slice(0, comment))
    if (source.includes(': ') || source.endsWith(':')) throw new Unusual()
    this.#at += source.length
    return resolved(source)
  }

  #collection(parentColumn: number, depth: number): Json {
    if (depth > MAX_DEPTH) throw new Unusual()
    const first = this.#text[this.#at]
    if (first !== '{' && first !== '[') throw new Unusual()
    this.#at += 1
    this.#skipInFlow(parentColumn)
    return first === '{' ? this.#flowMapping(parentColumn, depth) : this.#flowList(parentColumn, depth)
  }

  #flowMapping(parentColumn: number, depth: number): Json {
    const mapping: Mapping = {}
    while (this.#text[this.#at] !== '}') {
      const key = this.#key(FLOW_KEY)
      if (key === undefined || Object.hasOwn(mapping, key)) throw new Unusual()
      this.#skipInFlow(parentColumn)
      mapping[key] = this.#flowValue(parentColumn, depth + 1)
      this.#separator('}', parentColumn)
    }
    this.#at += 1
    return mapping
  }

  #flowList(parentColumn: number, depth: number): Json {
    const list: Json[] = []
    while (this.#text[this.#at] !== ']') {
      list.push(this.#flowValue(parentColumn, depth + 1))
      this.#separator(']', parentColumn)
    }
    this.#at += 1
    return list
  }

  #flowValue(parentColumn: number, depth: number): Json {
    const first = this.#text[this.#at]
    if (first === '"') return this.#doubleQuoted()
    if (first === "'") return this.#singleQuoted()
    if (first === '{' || first === '[') return this.#collection(parentColumn, depth)
    this.#expectPlainStart()
    const source = this.#flowPlain()
    if (source.includes(': ') || source.endsWith(':') || source.includes(' #')) throw new Unusual()
    return resolved(source)
  }

  #separator(end: string, parentColumn: number): void {
    this.#skipInFlow(parentColumn)
    const next = this.#text[this.#at]
    if (next === end) return
    if (next !== ',') throw new Unusual()
    this.#at += 1
    this.#skipInFlow(parentColumn)
  }

  /** Moves over spaces and line ends between brackets; a line is indented deeper than what the collection belongs to. */
  #skipInFlow(parentColumn: number): void {
    this.#skipSpaces()
    while (this.#text[this.#at] === '\n') {
      const lineStart = this.#at + 1
      this.#at = lineStart
      this.#skipSpaces()
      if (this.#at - lineStart <= parentColumn && !this.#mayStandBelowParent(parentColumn - (this.#at - lineStart))) throw new Unusual()
    }
  }

  /** An empty line may, and a closing bracket exactly below the parent. */
  #mayStandBelowParent(columnsBefore: number): boolean {
    const next = this.#text[this.#at]
    return next === '\n' || (columnsBefore === 0 && (next === '}' || next === ']'))
  }

  #doubleQuoted(): string {
    const start = this.#at
    let end = this.#text.indexOf('"', start + 1)
    while (end !== -1 && this.#isEscaped(end)) end = this.#text.indexOf('"', end + 1)
    const content = this.#quotedContent(start, end)
    return content.includes('\\') ? unescaped(this.#text.slice(start, end + 1)) : content
  }

  #isEscaped(quote: number): boolean {
    let backslashes = 0
    while (this.#text[quote - 1 - backslashes] === '\\') backslashes += 1
    return backslashes % 2 === 1
  }

  #singleQuoted(): string {
    const start = this.#at
    let end = this.#text.indexOf("'", start + 1)
    while (end !== -1 && this.#text[end + 1] === "'") end = this.#text.indexOf("'", end + 2)
    return this.#quotedContent(start, end).replaceAll("''", "'")
  }

  #quotedContent(start: number, end: number): string {
    if (end === -1) throw new Unusual()
    const content = this.#text.slice(start + 1, end)
    if (content.includes('\n')) throw new Unusual()
    this.#at = end + 1
    return content
  }

  #key(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (!found) return undefined
    this.#at = pattern.lastIndex
    const [, plain, double, single] = found
    const key = plain ?? double ?? single
    return (plain !== undefined && typeof resolvePlain(plain) !== 'string') || key === '__proto__' ? undefined : key
  }

  #isKey(): boolean {
    KEY.lastIndex = this.#at
    return KEY.test(this.#text)
  }

  #isDash(): boolean {
    if (this.#text[this.#at] !== '-') return false
    const next = this.#text[this.#at + 1]
    return next === ' ' || next === '\n' || next === undefined
  }

  #expectPlainStart(): void {
    PLAIN_START.lastIndex = this.#at
    if (!PLAIN_START.test(this.#text)) throw new Unusual()
  }

  #flowPlain(): string {
    FLOW_PLAIN.lastIndex = this.#at
    const [found = ''] = FLOW_PLAIN.exec(this.#text) ?? []
    this.#at += found.length
    return withoutTrailingSpaces(found)
  }

  #skipSpaces(): void {
    while (this.#text[this.#at] === ' ') this.#at += 1
  }

  /** True where only a comment or nothing follows on this line; moves over the spaces before it. */
  #endsLine(): boolean {
    const start = this.#at
    this.#skipSpaces()
    const next = this.#text[this.#at]
    return next === undefined || next === '\n' || (next === '#' && this.#at > start)
  }

  #endLine(): void {
    if (!this.#endsLine()) throw new Unusual()
    this.#toContent(this.#lineEnd() + 1)
  }

  #lineEnd(): number {
    const end = this.#text.indexOf('\n', this.#at)
    return end === -1 ? this.#text.length : end
  }

  /** Moves to the content of the first line, from the one that begins at `lineStart`, that is neither empty nor a comment. */
  #toContent(lineStart: number): void {
    this.#column = -1
    for (let start = lineStart; start < this.#text.length && this.#column === -1; start = this.#lineEnd() + 1) {
      this.#at = start
      this.#skipSpaces()
      const first = this.#text[this.#at]
      if (first !== undefined && first !== '\n' && first !== '#') this.#column = this.#at - start
    }
  }
}

function resolved(source: string): Json {
  const value = resolvePlain(source)
  if (value === undefined) throw new Unusual()
  return value
}

/** JSON's escapes mean the same in YAML; YAML's further ones are left to the library. */
function unescaped(source: string): string {
  try {
    const value: unknown = JSON.parse(source)
    if (typeof value === 'string') return value
  } catch {
    // not one of JSON's escapes
  }
  throw new Unusual()
}

/** Spaces only: other white space belongs to the value. */
function withoutTrailingSpaces(text: string): string {
  let end = text.length
  while (text[end - 1] === ' ') end -= 1
  return text.slice(0, end)
}
