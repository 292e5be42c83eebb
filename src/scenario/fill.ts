import type { Fault } from '../model/fault.ts'
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import { nearest } from '../model/nearest.ts'
import type { Pointer } from '../model/place.ts'
import type { Reference, StepField } from '../model/suite.ts'
import { holdsPlaceholder, parsePlaceholders, type TextPart } from './placeholder.ts'

/** A value with its placeholders filled in. */
export interface Filled {
  readonly value: Json
  /** What has to wait for an earlier step; such a text stands in `value` as it is written. `at` begins at the value. */
  readonly references: readonly Reference[]
  readonly complaints: readonly Complaint[]
}

/** A fault whose place is still to be worked out. */
export interface Complaint {
  readonly fault: Fault
  readonly at: Pointer
  /** True to point at the key under which the value stands. @default false */
  readonly atKey?: boolean
}

/**
 * Fills in every placeholder of a value, in the texts and in the keys at any depth, with what `values` has under its name. A text that is one placeholder becomes
 * its value, whatever its type; what is filled in is never looked at again. A value without placeholders is returned itself.
 */
export function fill(value: Json, values: JsonObject): Filled {
  const filler = new Filler(values)
  return { value: filler.fill(value, []), references: filler.references, complaints: filler.complaints }
}

class Filler {
  readonly references: Reference[] = []
  readonly complaints: Complaint[] = []
  readonly #values: JsonObject

  constructor(values: JsonObject) {
    this.#values = values
  }

  fill(value: Json, at: Pointer): Json {
    if (typeof value === 'string') return holdsPlaceholder(value) ? this.#text(value, at) : value
    if (Array.isArray(value)) return this.#list(value, at)
    return isJsonObject(value) ? this.#object(value, at) : value
  }

  #list(list: readonly Json[], at: Pointer): Json {
    const filled = list.map((item, index) => this.fill(item, [...at, index]))
    return filled.some((item, index) => item !== list[index]) ? filled : list
  }

  #object(object: JsonObject, at: Pointer): Json {
    const filled = new Map<string, Json>()
    let isChanged = false
    for (const [key, value] of Object.entries(object)) {
      if (value === undefined) continue
      const filledKey = holdsPlaceholder(key) ? this.#key(key, [...at, key]) : key
      const before = this.references.length
      const filledValue = this.fill(value, [...at, key])
      if (filledKey !== key) this.#rename(before, at.length, filledKey)
      isChanged ||= filledKey !== key || filledValue !== value
      if (filled.has(filledKey)) this.#complain(duplicateKey(filledKey), [...at, key], true)
      filled.set(filledKey, filledValue)
    }
    return isChanged ? Object.fromEntries(filled) : object
  }

  /** References are looked up in the filled value. */
  #rename(from: number, depth: number, key: string): void {
    for (const [index, { at, parts }] of this.references.entries()) {
      if (index >= from) this.references[index] = { at: at.with(depth, key), parts }
    }
  }

  #key(key: string, at: Pointer): string {
    const filled = this.#text(key, at)
    const isFromStep = parsePlaceholders(key).some((part) => part.type === 'step')
    if (isFromStep) {
      this.references.pop()
      this.#complain(STEP_IN_KEY, at, true)
    } else if (typeof filled !== 'string' && typeof filled !== 'number') this.#complain(notAKey(filled), at, true)
    else if (filled === '__proto__') this.#complain(FORBIDDEN_KEY, at, true)
    else return String(filled)
    return key
  }

  #text(text: string, at: Pointer): Json {
    const parts = parsePlaceholders(text)
    const isOnlyPart = parts.length === 1
    const values = parts.map((part) => this.#part(part, isOnlyPart, at))
    if (values.some((value) => value instanceof Waiting)) {
      this.references.push({ at, parts: joined(values) })
      return text
    }
    const known = values.filter((value): value is Json => !(value instanceof Waiting))
    return isOnlyPart && known[0] !== undefined ? known[0] : known.map(String).join('')
  }

  #part(part: TextPart, isOnlyPart: boolean, at: Pointer): Json | Waiting {
    switch (part.type) {
      case 'literal':
        return part.text
      case 'malformed':
        this.#complain(malformed(part.written), at)
        return part.written
      case 'step':
        return new Waiting(part.field)
      case 'name':
        return this.#name(part.name, part.written, isOnlyPart, at)
    }
  }

  #name(name: string, written: string, isOnlyPart: boolean, at: Pointer): Json {
    const value = Object.hasOwn(this.#values, name) ? this.#values[name] : undefined
    if (value === undefined) this.#complain(unknownName(name, written, Object.keys(this.#values)), at)
    else if (isOnlyPart || (value !== null && typeof value !== 'object')) return value
    else this.#complain(notText(written, value), at)
    return written
  }

  #complain(fault: Fault, at: Pointer, atKey = false): void {
    this.complaints.push({ fault, at, atKey })
  }
}

/** Stands for a value that an earlier step will yield. */
class Waiting {
  readonly field: StepField

  constructor(field: StepField) {
    this.field = field
  }
}

function joined(values: readonly (Json | Waiting)[]): (string | StepField)[] {
  const parts: (string | StepField)[] = []
  for (const value of values) {
    const last = parts.at(-1)
    if (value instanceof Waiting) parts.push(value.field)
    else if (typeof last === 'string') parts[parts.length - 1] = last + String(value)
    else parts.push(String(value))
  }
  return parts
}

const ESCAPE = 'write $${ where a literal ${ is meant'

function malformed(written: string): Fault {
  return {
    code: 'MALFORMED_PLACEHOLDER',
    message: `${written} is no placeholder`,
    expected: '${name} or ${steps.ID.field}; nothing is ever calculated',
    advice: ESCAPE,
  }
}

function unknownName(name: string, written: string, known: readonly string[]): Fault {
  const similar = nearest(name, known)
  return {
    code: 'UNKNOWN_PLACEHOLDER',
    message: `nothing has the name ${written}`,
    expected: known.length > 0 ? `one of ${known.join(', ')}` : 'a column of examples, or a name in vars',
    advice: similar === undefined ? `add it to vars or to the examples; ${ESCAPE}` : `did you mean "\${${similar}}"?`,
  }
}

function notText(written: string, value: Json): Fault {
  const kind = value === null ? 'null' : Array.isArray(value) ? 'a list' : 'a mapping'
  return { code: 'NOT_TEXT', message: `${written} is ${kind}, which cannot be a part of a text`, advice: `it can stand alone: ${written}` }
}

function notAKey(value: Json): Fault {
  return { code: 'NOT_TEXT', message: `a key is filled in with ${JSON.stringify(value)}`, expected: 'text or a number' }
}

function duplicateKey(key: string): Fault {
  return { code: 'DUPLICATE_KEY', message: `filled in, the key "${key}" stands twice in one mapping`, advice: 'remove one of them' }
}

const STEP_IN_KEY: Fault = { code: 'STEP_IN_KEY', message: 'a key cannot come from an earlier step', advice: 'write the key itself' }

const FORBIDDEN_KEY: Fault = { code: 'FORBIDDEN_KEY', message: 'the key __proto__ is not allowed anywhere', advice: 'use another name' }
