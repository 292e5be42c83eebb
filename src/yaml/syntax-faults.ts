import type { YAMLError } from 'yaml'
import type { Fault } from '../model/fault.ts'
import type { TextPlaces } from './text-places.ts'

/** A complaint of the library in words of an author. */
interface Wording {
  readonly pattern: RegExp
  readonly message: string
  readonly advice: string
}

/** By the library's own sentences, since its codes are too few; the first that matches is taken. */
const WORDINGS: readonly Wording[] = [
  { pattern: /^Tabs are not/, message: 'a tab stands where the indentation is', advice: 'indent with spaces' },
  {
    pattern: /^Nested mappings|^A block sequence may not/,
    message: 'a second ": " on one line',
    advice: 'put a text that holds ": " in quotes, or begin the mapping on the next line',
  },
  {
    pattern: /^Implicit keys need/,
    message: 'a key, or a value before it, goes over several lines',
    advice: 'is a ":" or the space behind it missing, or is the next line indented too deep?',
  },
  {
    pattern: /^Implicit map keys need/,
    message: 'a ":" is missing behind this key',
    advice: 'write KEY: VALUE; put a text of several lines in quotes',
  },
  {
    pattern: /^All .* same column|^Block collections|^Sequence item without/,
    message: 'this is not in the column of the entries before it',
    advice: 'put all entries of one mapping or list in the same column',
  },
  {
    pattern: /same line with key/,
    message: 'a list begins on the line of its key',
    advice: 'begin it on the next line, or write [one, other]',
  },
  {
    pattern: /at node end/,
    message: 'something stands behind the end of the value',
    advice: "put the whole text in one pair of quotes; between ' and ' a ' is written '', between \" and \" a \" is written \\\"",
  },
  {
    pattern: /in YAML stream/,
    message: 'this fits nowhere',
    advice: 'look at the line before: is a quote, a bracket or the indentation wrong?',
  },
  {
    pattern: /^Missing , or :/,
    message: 'a comma or a colon is missing before this',
    advice: 'separate entries between brackets by commas; put a text that holds brackets in quotes',
  },
  {
    pattern: /^Unexpected \S+ token/,
    message: 'this does not fit here',
    advice: 'is a comma, a quote or a bracket missing before it?',
  },
  { pattern: /^Missing , between/, message: 'a comma is missing before this', advice: 'separate entries between brackets by commas' },
  { pattern: /^Missing space after :/, message: 'a space is missing behind the colon', advice: 'write KEY: VALUE' },
  { pattern: /^Unexpected (?:,|empty item)/, message: 'a comma with nothing before it', advice: 'remove it' },
  {
    pattern: /^Plain value cannot start/,
    message: 'without quotes a value cannot begin with this sign',
    advice: 'put the value in quotes',
  },
  {
    pattern: /^Invalid escape/,
    message: 'between double quotes a backslash begins an escape, and this is none',
    advice: 'write \\\\ for a backslash, or use single quotes',
  },
  {
    pattern: /^Block scalar header|^Not a YAML token/,
    message: 'behind | or > nothing may follow on the line',
    advice: 'begin the text on the next line, or put it in quotes',
  },
  {
    pattern: /^Comments must be/,
    message: 'a space is missing before #',
    advice: 'write a space before a comment; put a text that holds # in quotes',
  },
  { pattern: /must be indented/, message: 'this text is not indented deeper than its key', advice: 'indent it' },
  { pattern: /1024 chars/, message: 'a key is longer than 1,024 characters', advice: 'is a quote or a line end missing before it?' },
]

/** Said better elsewhere: tags, directives, documents, quotes and brackets by their tokens, aliases when they are resolved. */
const SAID_ELSEWHERE = /^Unresolved tag|tag|multiple documents|directive|^Missing closing|must end with a|sufficiently indented and end/

/**
 * The library's complaints as faults, the first of each line, and none from where it lost the thread on: what follows
 * there is a consequence and no fault of its own.
 */
export function syntaxFaults(errors: readonly YAMLError[], text: string, places: TextPlaces): Fault[] {
  const faults = new Map<number, Fault>()
  for (const error of errors.filter((each) => isTold(each, errors))) {
    const line = places.lineOf(error.pos[0])
    if (!faults.has(line)) faults.set(line, explain(error, text, places))
    if (error.message.includes('in YAML stream')) break
  }
  return [...faults.values()]
}

/** A key over several lines is also reported as a second colon; the former says more. */
function isTold(error: YAMLError, errors: readonly YAMLError[]): boolean {
  if (SAID_ELSEWHERE.test(error.message)) return false
  return (
    error.code !== 'BLOCK_AS_IMPLICIT_KEY' ||
    !errors.some((other) => other.code === 'MULTILINE_IMPLICIT_KEY' && other.pos[0] === error.pos[0])
  )
}

function explain(error: YAMLError, text: string, places: TextPlaces): Fault {
  if (error.code === 'BAD_ALIAS') return emptyName(error, text, places)
  const [start, end] = error.pos
  const place = places.placeOf(Math.min(start, text.length), end)
  const wording = WORDINGS.find(({ pattern }) => pattern.test(error.message))
  return wording
    ? { code: 'YAML_SYNTAX', message: wording.message, place, advice: wording.advice }
    : { code: 'YAML_SYNTAX', message: `this is no YAML: ${error.message}`, place }
}

/** `dtmf: *` and `dtmf: &`: the sign alone is an alias or an anchor without a name. */
function emptyName(error: YAMLError, text: string, places: TextPlaces): Fault {
  const [start, end] = error.pos
  const sign = text[start] === '&' ? '&' : '*'
  const message =
    sign === '*'
      ? 'without quotes * begins an alias, and its name is missing'
      : 'without quotes & begins an anchor, and its name is missing'
  return { code: 'UNQUOTED_SIGN', message, place: places.placeOf(start, end), advice: `if the sign is meant, write "${sign}"` }
}
