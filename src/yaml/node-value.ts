import type { Alias, Node, Pair, Scalar, YAMLMap } from 'yaml'
import type { Fault } from '../model/fault.ts'
import type { Json } from '../model/json.ts'
import type { ComposedDocument } from './composed-document.ts'
import { excerpt } from './excerpt.ts'
import { isAlias, isMap, isScalar, isSeq } from './library.ts'
import { MAX_ALIAS_EXPANSION, MAX_DEPTH } from './limits.ts'
import { explainPlain, resolvePlain } from './plain-scalar.ts'

/** A value, what it weighs when written out in full (in characters and values), and how many levels it holds. */
interface Weighed {
  readonly value: Json
  readonly weight: number
  readonly height: number
}

const NOTHING: Weighed = { value: null, weight: 1, height: 0 }

/** The plain value of a document, and what is wrong with its values and keys. */
export interface NodeValue {
  /** What is at fault stands here as the text that was written; an unusable key is left out with its value. */
  readonly value: Json
  readonly faults: readonly Fault[]
  /** Offsets of values and keys that are not what the author meant, which the faults have said. */
  readonly told: ReadonlySet<number>
  /** The texts that stand for values at fault. */
  readonly standIns: ReadonlySet<string>
}

/** See {@link NodeValue}. Never throws. */
export function nodeValue(document: ComposedDocument): NodeValue {
  const converter = new Converter(document)
  const { value } = converter.convert(document.contents, 0)
  return { value, faults: converter.faults, told: converter.told, standIns: converter.standIns }
}

class Converter {
  readonly faults: Fault[] = []
  readonly told = new Set<number>()
  readonly standIns = new Set<string>()
  readonly #document: ComposedDocument
  readonly #converted = new Map<Node, Weighed>()
  readonly #open = new Set<Node>()
  #expansion = 0

  constructor(document: ComposedDocument) {
    this.#document = document
  }

  convert(node: unknown, depth: number): Weighed {
    if (isAlias(node)) return this.#alias(node, depth)
    if (isScalar(node)) return this.#keep(node, this.#scalar(node))
    if (!isMap(node) && !isSeq(node)) return NOTHING
    this.#open.add(node)
    const weighed = isMap(node) ? this.#mapping(node, depth) : this.#list(node.items, depth)
    this.#open.delete(node)
    return this.#keep(node, weighed)
  }

  /** Only what has an anchor is asked for again. */
  #keep(node: Scalar | Node, weighed: Weighed): Weighed {
    if ('anchor' in node && node.anchor !== undefined) this.#converted.set(node, weighed)
    return weighed
  }

  #list(items: readonly unknown[], depth: number): Weighed {
    const converted = items.map((item) => this.convert(item, depth + 1))
    return { value: converted.map(({ value }) => value), ...sizeOf(converted) }
  }

  #mapping(map: YAMLMap, depth: number): Weighed {
    const entries = new Map<string, Weighed>()
    for (const pair of map.items) {
      const key = this.#key(pair, entries)
      const weighed = this.#valueOfPair(pair, key, depth)
      if (key !== undefined) entries.set(key, weighed)
    }
    if (map.items.some(isUnusable)) this.#tellEntries(map)
    const value = Object.fromEntries([...entries].map(([key, weighed]) => [key, weighed.value]))
    return { value, ...sizeOf([...entries.values()]) }
  }

  #valueOfPair(pair: Pair, key: string | undefined, depth: number): Weighed {
    if (pair.value === null && key !== undefined) this.#complain(pair.key, { code: 'MISSING_VALUE', ...missingValue(key) })
    return this.convert(pair.value, depth + 1)
  }

  /** The key as text; `undefined`, with a fault, where it is none that can be used. */
  #key({ key, value }: Pair, seen: ReadonlyMap<string, unknown>): string | undefined {
    const name = isScalar(key) ? key.value : undefined
    if (isScalar(key) && typeof name === 'string') this.#keep(key, { value: name, weight: 1 + name.length, height: 0 })
    const fault = keyFault(key, name, value === null)
    if (fault) this.#complain(key, fault)
    else if (typeof name === 'string' && seen.has(name)) this.#complain(key, duplicateKey(name))
    else if (typeof name === 'string') return name
    return undefined
  }

  #scalar(scalar: Scalar): Weighed {
    const { value, type, source } = scalar
    if (typeof value === 'string') return { value, weight: 1 + value.length, height: 0 }
    const plain = type === 'PLAIN' && source !== undefined ? resolvePlain(source) : null
    if (plain !== undefined) return { value: plain, weight: 1, height: 0 }
    this.#complain(scalar, explainPlain(source ?? ''))
    return this.#standIn(scalar, source ?? '')
  }

  /** Text is what most authors of a value at fault meant, so that nothing else is at fault because of it. */
  #standIn(node: Scalar | Alias, written: string): Weighed {
    this.#tell(node)
    this.standIns.add(written)
    return { value: written, weight: 1 + written.length, height: 0 }
  }

  /** Of a mapping with an unusable key nobody knows which other fields were meant, and with which values; what stands deeper is sound. */
  #tellEntries(map: YAMLMap): void {
    this.#tell(map)
    for (const { key, value } of map.items) {
      this.#tell(key)
      if (isScalar(value)) this.#tell(value)
    }
  }

  #tell(node: unknown): void {
    const start = isScalar(node) || isAlias(node) || isMap(node) || isSeq(node) ? node.range?.[0] : undefined
    if (start !== undefined) this.told.add(start)
  }

  #alias(alias: Alias, depth: number): Weighed {
    const target = this.#document.targets.get(alias)
    const weighed = target && this.#converted.get(target)
    if (weighed) return this.#expand(alias, weighed, depth)
    if (alias.source !== '') this.#complain(alias, target && this.#open.has(target) ? cycle(alias) : unresolved(alias))
    return this.#standIn(alias, `*${alias.source}`)
  }

  /** Bounds what the document would be without aliases, since everything that comes later sees it that way. */
  #expand(alias: Alias, weighed: Weighed, depth: number): Weighed {
    const before = this.#expansion
    this.#expansion += weighed.weight
    const isTooMuch = this.#expansion > MAX_ALIAS_EXPANSION
    const isTooDeep = depth + weighed.height > MAX_DEPTH
    if (isTooMuch && before <= MAX_ALIAS_EXPANSION) this.#complain(alias, EXPANSION)
    if (isTooDeep) this.#complain(alias, TOO_DEEP)
    return isTooMuch || isTooDeep ? NOTHING : weighed
  }

  #complain(node: unknown, fault: Fault): void {
    const range = isScalar(node) || isAlias(node) || isMap(node) || isSeq(node) ? node.range : undefined
    const [start, end] = range ?? [0, 1]
    this.faults.push({ ...fault, place: this.#document.places.placeOf(start, end) })
  }
}

function sizeOf(parts: readonly Weighed[]): Pick<Weighed, 'weight' | 'height'> {
  let weight = 1
  let height = 0
  for (const part of parts) {
    weight += part.weight + 1
    height = Math.max(height, part.height)
  }
  return { weight, height: height + 1 }
}

const TOO_DEEP: Fault = {
  code: 'TOO_DEEP',
  message: `with this alias written out, lists and mappings are nested more than ${MAX_DEPTH} levels deep`,
  advice: 'nothing that is read here needs more than ten levels',
}

const EXPANSION: Fault = {
  code: 'TOO_MANY_ALIASES',
  message: `with this alias written out, aliases add more than ${MAX_ALIAS_EXPANSION} characters and values`,
  advice: 'use examples or vars instead of aliases of aliases',
}

/** Whether the key, or that it stands alone, shows that something else was meant. */
function isUnusable({ key, value }: Pair): boolean {
  return value === null || keyFault(key, isScalar(key) ? key.value : undefined, false) !== undefined
}

const QUOTE_COMMA = 'between { } a comma ends the value: put a text that holds a comma in quotes'

function keyFault(key: unknown, name: unknown, isAlone: boolean): Fault | undefined {
  if (isAlias(key))
    return {
      code: 'KEY_NOT_TEXT',
      message: `the alias *${excerpt(key.source)} stands as a key`,
      advice: 'write the key itself; if the sign is meant, put the key in quotes',
    }
  if (name === '<<' && isScalar(key) && key.type === 'PLAIN')
    return {
      code: 'MERGE_KEY',
      message: 'the merge key << is not part of YAML 1.2',
      advice: 'write the fields out, or give the whole value by an alias: expect: *name',
    }
  if (name === '__proto__')
    return { code: 'FORBIDDEN_KEY', message: 'the key __proto__ is not allowed anywhere', advice: 'use another name' }
  if (typeof name === 'string') return undefined
  if (!isScalar(key))
    return {
      code: 'KEY_NOT_TEXT',
      message: 'a list or a mapping stands as a key',
      expected: 'text as a key',
      advice: 'write KEY: VALUE, with text as the key',
    }
  const source = excerpt(key.source ?? '')
  if (source === '') return { code: 'KEY_NOT_TEXT', message: 'a key is missing', expected: 'text as a key', advice: 'write KEY: VALUE' }
  return {
    code: 'KEY_NOT_TEXT',
    message: `without quotes the key ${source} is not text`,
    expected: 'text as a key',
    advice: isAlone ? QUOTE_COMMA : `write ${JSON.stringify(source)}`,
  }
}

function duplicateKey(name: string): Fault {
  return {
    code: 'DUPLICATE_KEY',
    message: `the key "${excerpt(name)}" stands twice in one mapping`,
    advice: 'remove or rename one of them',
  }
}

function missingValue(key: string): Pick<Fault, 'message' | 'advice'> {
  if (/^[^:]*:\S/.test(key)) return { message: `a space is missing behind the colon of ${excerpt(key)}`, advice: 'write KEY: VALUE' }
  return {
    message: `"${excerpt(key)}" has no value`,
    advice: `write ${excerpt(key)}: VALUE; between { } a comma ends the value: put a text that holds one in quotes`,
  }
}

function cycle(alias: Alias): Fault {
  return {
    code: 'ALIAS_CYCLE',
    message: `the alias *${excerpt(alias.source)} stands inside of what it stands for`,
    advice: 'a value cannot contain itself',
  }
}

function unresolved(alias: Alias): Fault {
  const written = `*${excerpt(alias.source)}`
  return {
    code: 'UNKNOWN_ALIAS',
    message: `without quotes ${written} is an alias, and no anchor &${excerpt(alias.source)} stands before it`,
    advice: `if the text is meant, write "${written}"`,
  }
}
