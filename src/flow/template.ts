import type { Json, JsonObject } from '../model/json.ts'
import { createPathReader, type PathReader, toText, variableOf } from './variables.ts'

/** A value with `{name}` in it, ready to be filled in. */
export interface Template {
  /** The variables that it reads. */
  readonly reads: readonly string[]
  /** What it reads of them: variables, or fields below them. */
  readonly paths: readonly string[]
  /** True where it is one placeholder and nothing else. */
  readonly isWhole: boolean
  readonly fill: (variables: JsonObject) => Json
}

const PLACEHOLDER = /\{\{|\{([A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)\}/g
const WHOLE = /^\{([A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)\}$/

/**
 * Prepares a value: in a text, `{name}` and `{name.field}` are replaced by variables and `{{` is a brace; any other brace
 * stands for itself. A text that is one placeholder keeps the variable's type. A variable without a value is an empty text,
 * or null where it stands alone. What is filled in is never read again.
 */
export function createTemplate(value: Json): Template {
  if (typeof value !== 'string') return constantTemplate(value)
  const [, whole] = WHOLE.exec(value) ?? []
  return whole === undefined ? createText(value) : createWhole(whole)
}

/** As {@link createTemplate}, where the result is a text. */
export function createTextTemplate(text: string): { readonly reads: readonly string[]; readonly fill: (variables: JsonObject) => string } {
  const { reads, fill } = createTemplate(text)
  return { reads, fill: (variables) => toText(fill(variables)) }
}

/** Prepares the values of an object; the result has the same keys. */
export function createTemplates(values: Readonly<Record<string, Json>> = {}): {
  readonly reads: readonly string[]
  readonly fill: (variables: JsonObject) => Readonly<Record<string, Json>>
} {
  const entries = Object.entries(values).map(([name, value]) => [name, createTemplate(value)] as const)
  return {
    reads: entries.flatMap(([, template]) => template.reads),
    fill: (variables) => Object.fromEntries(entries.map(([name, template]) => [name, template.fill(variables)])),
  }
}

function createWhole(path: string): Template {
  const read = createPathReader(path)
  return { reads: [variableOf(path)], paths: [path], isWhole: true, fill: (variables) => read(variables) ?? null }
}

function constantTemplate(value: Json): Template {
  return { reads: [], paths: [], isWhole: false, fill: () => value }
}

function createText(text: string): Template {
  const parts = splitText(text)
  if (parts.every((part) => typeof part === 'string')) return constantTemplate(parts.join(''))
  const paths = placeholdersOf(text)
  return {
    reads: paths.map(variableOf),
    paths,
    isWhole: false,
    fill: (variables) => parts.map((part) => (typeof part === 'string' ? part : toText(part(variables)))).join(''),
  }
}

function splitText(text: string): (string | PathReader)[] {
  const parts: (string | PathReader)[] = []
  let end = 0
  for (const match of text.matchAll(PLACEHOLDER)) {
    parts.push(text.slice(end, match.index), match[1] === undefined ? '{' : createPathReader(match[1]))
    end = match.index + match[0].length
  }
  return [...parts, text.slice(end)]
}

function placeholdersOf(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].flatMap(([, path]) => path ?? [])
}
