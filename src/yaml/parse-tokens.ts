import type { CST } from 'yaml'
import type { Fault } from '../model/fault.ts'
import { library } from './library.ts'
import { MAX_DEPTH, MAX_LEXEMES } from './limits.ts'
import type { TextPlaces } from './text-places.ts'

/** The parser's stack holds, beside collections, the document and a value or two. */
const STACK_LIMIT = MAX_DEPTH + 8

/** What was parsed, up to the first error of the parser: it has lost the thread there. */
export interface ParsedTokens {
  readonly tokens: readonly CST.Token[]
  /** Why parsing was given up. */
  readonly fault?: Fault
}

/**
 * Parses a text into tokens, giving up as soon as it turns out to be deeper or longer than is safe for what comes later.
 * Lexer and parser of the library work without recursion, so this itself is safe for any text.
 */
export function parseTokens(text: string, places: TextPlaces): ParsedTokens {
  const { Lexer, Parser } = library()
  const parser = new Parser()
  const tokens: CST.Token[] = []
  let lexemes = 0
  for (const lexeme of new Lexer().lex(text)) {
    lexemes += 1
    if (lexemes > MAX_LEXEMES) return { tokens, fault: tooComplex(parser.offset, places) }
    if (parser.stack.length > STACK_LIMIT) return { tokens, fault: tooDeep(parser.offset, places) }
    if (!collect(parser.next(lexeme), tokens)) return { tokens }
  }
  collect(parser.end(), tokens)
  return { tokens }
}

/** False after an error. */
function collect(parsed: Iterable<CST.Token>, tokens: CST.Token[]): boolean {
  for (const token of parsed) {
    tokens.push(token)
    if (token.type === 'error') return false
  }
  return true
}

/** Said of the first token that is nested more than {@link MAX_DEPTH} levels deep. */
export function tooDeep(offset: number, places: TextPlaces): Fault {
  return {
    code: 'TOO_DEEP',
    message: `lists and mappings are nested more than ${MAX_DEPTH} levels deep`,
    place: places.placeOf(offset),
    advice: 'nothing that is read here needs more than ten levels',
  }
}

function tooComplex(offset: number, places: TextPlaces): Fault {
  return {
    code: 'TOO_COMPLEX',
    message: `up to here there are more than ${MAX_LEXEMES} signs and values, in a file that is faulty or uses more than everyday YAML`,
    place: places.placeOf(offset),
    advice: 'split the file; up to that size its faults can be told',
  }
}
