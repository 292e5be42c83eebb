import type { CST } from 'yaml'
import type { Fault } from '../model/fault.ts'
import { excerpt } from './excerpt.ts'
import { isTokenCollection } from './library.ts'
import { MAX_DEPTH } from './limits.ts'
import { tooDeep } from './parse-tokens.ts'
import type { TextPlaces } from './text-places.ts'

type Token = CST.Token

interface Level {
  readonly token: Token
  readonly depth: number
}

/**
 * What can be told from the tokens alone: nesting that is too deep to be composed, tags, directives, further documents, and
 * placeholders without quotes between brackets. Walks with a stack of its own, since the depth is what is in question.
 */
export function tokenFaults(tokens: readonly Token[], text: string, places: TextPlaces): Fault[] {
  const faults: Fault[] = []
  let documents = 0
  const pending: Level[] = []
  for (let index = tokens.length - 1; index >= 0; index -= 1) push(pending, tokens[index], 0)
  for (let level = pending.pop(); level; level = pending.pop()) {
    const { token, depth } = level
    if (depth > MAX_DEPTH) return [tooDeep(token.offset, places)]
    if (token.type === 'document') documents += 1
    if (token.type === 'document' && documents === 2) faults.push(secondDocument(token, places))
    const fault = explain(token, text, places)
    if (fault) faults.push(fault)
    pushChildren(pending, token, depth)
  }
  return faults
}

/** Last child first, so that they are taken in the order of the text. */
function pushChildren(pending: Level[], token: Token, depth: number): void {
  if (token.type === 'document') pushAll(pending, [...token.start, token.value], depth)
  else if (token.type === 'block-scalar') pushAll(pending, token.props, depth)
  else if (isTokenCollection(token)) {
    for (let index = token.items.length - 1; index >= 0; index -= 1) {
      const { start, key, sep, value } = token.items[index] ?? { start: [] }
      pushAll(pending, [...start, key, ...(sep ?? []), value], depth + 1)
    }
  }
}

function pushAll(pending: Level[], tokens: readonly (Token | null | undefined)[], depth: number): void {
  for (let index = tokens.length - 1; index >= 0; index -= 1) push(pending, tokens[index], depth)
}

function push(pending: Level[], token: Token | null | undefined, depth: number): void {
  if (token) pending.push({ token, depth })
}

function explain(token: Token, text: string, places: TextPlaces): Fault | undefined {
  switch (token.type) {
    case 'tag':
      return tag(token, places)
    case 'directive':
      return directive(token, places)
    case 'scalar':
      return token.source.endsWith('$') && text[token.offset + token.source.length] === '{'
        ? unquotedPlaceholder(token, text, places)
        : undefined
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
      return isClosed(token.source) ? undefined : unclosedQuote(token, places)
    case 'flow-collection':
      return token.end.some((end) => end.type === 'flow-map-end' || end.type === 'flow-seq-end')
        ? undefined
        : unclosedBracket(token, places)
    default:
      return undefined
  }
}

function isClosed(quoted: string): boolean {
  const [quote] = quoted
  if (quote === undefined || quoted.length < 2 || !quoted.endsWith(quote)) return false
  const backslashes = quoted.length - 1 - quoted.slice(0, -1).replace(/\\+$/, '').length
  return quote === "'" || backslashes % 2 === 0
}

function unclosedQuote(token: CST.FlowScalar, places: TextPlaces): Fault {
  return {
    code: 'UNCLOSED_QUOTE',
    message: `the text that begins here has no closing ${token.source.charAt(0)}`,
    place: places.placeOf(token.offset),
    advice: 'close it on this line',
  }
}

function unclosedBracket(token: CST.FlowCollection, places: TextPlaces): Fault {
  const bracket = token.start.source
  return {
    code: 'UNCLOSED_BRACKET',
    message: `this ${bracket} is not closed, or what it holds is not indented deeper than the line on which it stands`,
    place: places.placeOf(token.start.offset),
    advice: `close it with ${bracket === '[' ? ']' : '}'}, and indent the lines in between`,
  }
}

function secondDocument(token: CST.Document, places: TextPlaces): Fault {
  return {
    code: 'SEVERAL_DOCUMENTS',
    message: 'a second document begins here',
    place: places.placeOf(token.offset, token.offset + 3),
    expected: 'one document in each file',
    advice: 'move it to a file of its own, or remove the line ---',
  }
}

function tag(token: CST.SourceToken, places: TextPlaces): Fault {
  return {
    code: 'TAG',
    message: `the tag ${excerpt(token.source)} is not supported`,
    place: places.placeOf(token.offset, token.offset + token.source.length),
    expected: 'plain values, lists and mappings',
    advice: 'remove the tag; write text in quotes; quote a value that begins with "!"',
  }
}

function directive(token: CST.Directive, places: TextPlaces): Fault {
  return {
    code: 'DIRECTIVE',
    message: `the directive ${excerpt(token.source)} is not supported`,
    place: places.placeOf(token.offset, token.offset + token.source.length),
    expected: 'YAML 1.2, which needs no directive',
    advice: 'remove the line, and the line --- behind it',
  }
}

function unquotedPlaceholder(token: CST.FlowScalar, text: string, places: TextPlaces): Fault {
  const end = text.indexOf('}', token.offset) + 1 || token.offset + token.source.length + 1
  const written = excerpt(text.slice(token.offset, end))
  return {
    code: 'UNQUOTED_PLACEHOLDER',
    message: `between { } or [ ] YAML ends the value at the brace of ${written}`,
    place: places.placeOf(token.offset, end),
    expected: 'a placeholder in quotes',
    advice: `write ${JSON.stringify(written)}`,
  }
}
