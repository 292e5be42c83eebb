import type { Json, JsonObject } from '../model/json.ts'
import type { Demands, TellingValue } from './demands.ts'
import { createTemplate } from './template.ts'
import { createPathReader, toNumber, toText, variableOf } from './variables.ts'

/** A comparison as data: of one variable, or several joined. Nothing is evaluated. */
export type Comparison =
  | { readonly all: readonly Comparison[] }
  | { readonly any: readonly Comparison[] }
  | { readonly not: Comparison }
  | VariableComparison

/** Everything that is said of the variable must hold. */
interface VariableComparison {
  /** A variable or a field of it. */
  readonly variable: string
  readonly equals?: Json
  readonly notEquals?: Json
  readonly oneOf?: readonly Json[]
  readonly gt?: number | string
  readonly gte?: number | string
  readonly lt?: number | string
  readonly lte?: number | string
  readonly contains?: string
  readonly exists?: boolean
}

/** Whether a comparison holds. */
export type Test = (variables: JsonObject) => boolean

type Operator = Exclude<keyof VariableComparison, 'variable'>
type Compare = (actual: Json | undefined, expected: Json) => boolean

const operators: Readonly<Record<Operator, Compare>> = {
  equals: isSame,
  notEquals: (actual, expected) => !isSame(actual, expected),
  oneOf: isSame,
  gt: inOrder((actual, expected) => actual > expected),
  gte: inOrder((actual, expected) => actual >= expected),
  lt: inOrder((actual, expected) => actual < expected),
  lte: inOrder((actual, expected) => actual <= expected),
  contains: (actual, expected) => toText(actual).includes(toText(expected)),
  exists: (actual, expected) => (actual !== undefined && actual !== null) === expected,
}

/** Prepares a comparison. What is no number is neither less nor greater than anything. */
export function createTest(comparison: Comparison): Test {
  if ('all' in comparison) return allOf(comparison.all.map(createTest))
  if ('any' in comparison) return anyOf(comparison.any.map(createTest))
  if ('not' in comparison) return not(createTest(comparison.not))
  return createVariableTest(comparison)
}

/** The variables that a comparison reads. */
export function readsOfComparison(comparison: Comparison): string[] {
  if ('all' in comparison) return comparison.all.flatMap(readsOfComparison)
  if ('any' in comparison) return comparison.any.flatMap(readsOfComparison)
  if ('not' in comparison) return readsOfComparison(comparison.not)
  const expected = claimsOf(comparison).flatMap(({ values }) => values.flatMap((value) => createTemplate(value).reads))
  return [variableOf(comparison.variable), ...expected]
}

/** What a comparison makes a branch depend on. */
export function demandsOfComparison(comparison: Comparison): Required<Pick<Demands, 'decidedBy' | 'values' | 'links'>> {
  const parts = variableComparisons(comparison).flatMap(({ variable, ...claims }) =>
    claimsOf({ variable, ...claims }).flatMap(({ operator, values }) =>
      values.map((value) => ({ path: variable, by: LOOKS[operator], ...valueOrPath(operator, value) })),
    ),
  )
  return {
    decidedBy: parts.flatMap(({ path, reads = [] }) => [path, ...reads]),
    values: parts.flatMap(({ path, value, by }) => (value === undefined ? [] : [{ path, value, by }])),
    links: parts.flatMap(({ path, reads = [], isWhole = false }) =>
      reads.map((read) => ({ one: { path }, other: { path: read }, isWhole })),
    ),
  }
}

/** How each operator looks at a value; `exists` tells null from the rest. */
const LOOKS: Readonly<Record<Operator, TellingValue['by']>> = {
  equals: 'same',
  notEquals: 'same',
  oneOf: 'same',
  gt: 'order',
  gte: 'order',
  lt: 'order',
  lte: 'order',
  contains: 'part',
  exists: 'same',
}

/** What a value is compared with: a value that the file gives, or other variables. */
function valueOrPath(operator: Operator, value: Json): { value?: Json; reads?: readonly string[]; isWhole?: boolean } {
  if (operator === 'exists') return { value: null }
  const { paths, isWhole, fill } = createTemplate(value)
  return paths.length === 0 ? { value: fill({}) } : { reads: paths, isWhole }
}

function variableComparisons(comparison: Comparison): readonly VariableComparison[] {
  if ('all' in comparison) return comparison.all.flatMap(variableComparisons)
  if ('any' in comparison) return comparison.any.flatMap(variableComparisons)
  return 'not' in comparison ? variableComparisons(comparison.not) : [comparison]
}

function createVariableTest(comparison: VariableComparison): Test {
  const read = createPathReader(comparison.variable)
  return allOf(
    claimsOf(comparison).map(({ operator, values }) => {
      const compare = operators[operator]
      const expected = values.map(createTemplate)
      return (variables) => expected.some((template) => compare(read(variables), template.fill(variables)))
    }),
  )
}

/** What is said of the variable: each operator with the values of which one must do. */
function claimsOf(comparison: VariableComparison): { operator: Operator; values: readonly Json[] }[] {
  const { variable: _variable, oneOf, ...single } = comparison
  const claims = Object.entries(single).map(([operator, value]) => ({ operator: operator as keyof typeof single, values: [value] }))
  return oneOf === undefined ? claims : [...claims, { operator: 'oneOf', values: oneOf }]
}

function allOf(tests: readonly Test[]): Test {
  return (variables) => tests.every((test) => test(variables))
}

function anyOf(tests: readonly Test[]): Test {
  return (variables) => tests.some((test) => test(variables))
}

function not(test: Test): Test {
  return (variables) => !test(variables)
}

/** Whether two values are the same to a flow: keys are texts, so a text and a number that look alike are; a variable without a value is null. */
export function isSame(actual: Json | undefined, expected: Json): boolean {
  if (actual === undefined || actual === null || expected === null) return (actual ?? null) === expected
  return typeof actual !== 'object' && toText(actual) === toText(expected)
}

function inOrder(isOrdered: (actual: number, expected: number) => boolean): Compare {
  return (actual, expected) => {
    const [left, right] = [toNumber(actual), toNumber(expected)]
    return left !== undefined && right !== undefined && isOrdered(left, right)
  }
}
