import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import { textTest } from './pattern.ts'
import type { ValueMatcher } from './shapes.ts'
import { listed, show } from './show.ts'

/** Tells whether a value meets what is expected of it; matchers that hold further matchers ask it. */
type Meets = (expected: ValueMatcher, actual: Json | undefined) => boolean

/** A matcher whose verdict is yes or no. */
export interface Matcher {
  /** Whether the author's argument makes sense. */
  readonly accepts: (argument: Json) => boolean
  /** What the argument has to be, in words. */
  readonly wants: string
  readonly test: (argument: Json, actual: Json | undefined, meets: Meets) => boolean
  /** What is expected, in words that follow "expected". */
  readonly describe: (argument: Json, describe: (expected: Json) => string) => string
}

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']

/** Every matcher whose verdict is yes or no, by its name. `equals`, `exactly` and `length` are missing: they lead to further comparisons. */
export const matchers: Readonly<Record<string, Matcher>> = {
  not: {
    accepts: () => true,
    wants: 'any value',
    test: (argument, actual, meets) => !meets(argument, actual),
    describe: (argument, describe) => `anything but ${describe(argument)}`,
  },
  oneOf: {
    accepts: Array.isArray,
    wants: 'a list',
    test: (argument, actual, meets) => list(argument).some((alternative) => meets(alternative, actual)),
    describe: (argument, describe) => `one of ${listed(list(argument).map(describe), 'or')}`,
  },
  matches: {
    accepts: (argument) => typeof argument === 'string' && textTest(argument) !== undefined,
    wants: 'a pattern in RE2 syntax (which has no look-around and no back-references)',
    test: (argument, actual) => typeof argument === 'string' && typeof actual === 'string' && textTest(argument)?.(actual) === true,
    describe: (argument) => `a text that matches ${show(argument)}`,
  },
  contains: {
    accepts: () => true,
    wants: 'any value',
    test: (argument, actual, meets) => each(argument).every((part) => holds(part, actual, meets)),
    describe: (argument, describe) => `something that contains ${listed(each(argument).map(describe), 'and')}`,
  },
  gt: comparison('more than', (actual, bound) => actual > bound),
  gte: comparison('at least', (actual, bound) => actual >= bound),
  lt: comparison('less than', (actual, bound) => actual < bound),
  lte: comparison('at most', (actual, bound) => actual <= bound),
  exists: {
    accepts: (argument) => typeof argument === 'boolean',
    wants: 'true or false',
    test: (argument, actual) => (actual !== undefined) === argument,
    describe: (argument) => (argument === true ? 'it to exist' : 'it to be absent'),
  },
  type: {
    accepts: (argument) => each(argument).every((name) => typeof name === 'string' && TYPES.includes(name)),
    wants: `one or several of ${listed(TYPES, 'and')}`,
    test: (argument, actual) => each(argument).some((name) => isOfType(actual, name)),
    describe: (argument) => `a value of type ${listed(each(argument).map(String), 'or')}`,
  },
}

/** The names of all matchers. */
export const matcherNames: readonly string[] = [...Object.keys(matchers), 'equals', 'exactly', 'length']

const names = new Set(matcherNames)

/** True for an object that has matchers and nothing else; any other value is a plain one. */
export function isMatcher(expected: Json): expected is JsonObject {
  if (!isJsonObject(expected)) return false
  const keys = Object.keys(expected)
  return keys.length > 0 && keys.length <= names.size && keys.every((key) => names.has(key))
}

function comparison(words: string, holdsFor: (actual: number, bound: number) => boolean): Matcher {
  return {
    accepts: (argument) => typeof argument === 'number',
    wants: 'a number',
    test: (argument, actual) => typeof argument === 'number' && typeof actual === 'number' && holdsFor(actual, argument),
    describe: (argument) => `${words} ${show(argument)}`,
  }
}

function holds(part: Json, actual: Json | undefined, meets: Meets): boolean {
  if (typeof actual === 'string') return typeof part === 'string' ? actual.includes(part) : meets(part, actual)
  return Array.isArray(actual) && actual.some((item) => meets(part, item))
}

function isOfType(actual: Json | undefined, name: Json): boolean {
  if (name === 'null') return actual === null
  if (name === 'array') return Array.isArray(actual)
  if (name === 'object') return isJsonObject(actual)
  if (name === 'integer') return Number.isInteger(actual)
  return typeof actual === name && actual !== null
}

function list(argument: Json): readonly Json[] {
  return Array.isArray(argument) ? argument : []
}

/** A list for what may be given as one or several. */
function each(argument: Json): readonly Json[] {
  return Array.isArray(argument) ? argument : [argument]
}
