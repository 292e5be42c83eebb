import type { Fault } from '../model/fault.ts'
import type { Json } from '../model/json.ts'
import type { Place } from '../model/place.ts'
import { boundFaults } from './bound-faults.ts'
import { type ComposedDocument, composeDocument } from './composed-document.ts'
import { isAlias, isMap, isScalar, isSeq } from './library.ts'
import { MAX_FAULTS } from './limits.ts'
import { nodeValue } from './node-value.ts'
import { readSimpleYaml } from './simple-yaml.ts'
import { TextPlaces } from './text-places.ts'

/** A YAML document as plain JSON. */
export interface YamlDocument {
  readonly value: Json
  /** For `itemLinesOf`: the 1-based line of each item of that list. */
  readonly itemLines: readonly number[]
}

/** What can be read of a document of which only some values and keys are at fault, so that everything else can be checked too. */
export interface SalvagedYaml extends YamlDocument {
  readonly faults: readonly Fault[]
  /** Whether the faults say already what is wrong at a place of this document. */
  readonly isTold: (place: Place) => boolean
  /** The texts that stand for values at fault, as they are written. */
  readonly standIns: ReadonlySet<string>
}

/** The faults of a document, the first ones where there are very many. Nothing is salvaged where its structure is in doubt, or where there are very many. */
export interface FaultyYaml {
  readonly faults: readonly Fault[]
  readonly salvaged?: SalvagedYaml
  readonly value?: never
}

/** A document, or what is wrong with it. */
export type YamlReading = { readonly value: YamlDocument; readonly faults?: never; readonly salvaged?: never } | FaultyYaml

export interface ReadYamlOptions {
  /** A key of the root that holds a list; the lines of its items are told. */
  readonly itemLinesOf?: string
}

/**
 * Reads YAML 1.2 or JSON that may be hostile: one document, plain data, string keys. Yields its value, or every fault with
 * its place. Nothing is changed silently: what YAML would read as something else than what stands there is a fault.
 * An empty text yields null.
 */
export function readYaml(text: string, file: string, options: ReadYamlOptions = {}): YamlReading {
  const simple = readSimpleYaml(text, options.itemLinesOf)
  return simple
    ? { value: { value: simple.value, itemLines: linesOf(simple.itemOffsets, text, file) } }
    : readComposed(composeDocument(text, file), options.itemLinesOf)
}

function readComposed(document: ComposedDocument, itemLinesOf: string | undefined): YamlReading {
  const { value, faults, told, standIns } = nodeValue(document)
  const brokenLines = new Set(document.faults.map((fault) => fault.place?.line))
  const all = [...document.faults, ...faults.filter((fault) => !brokenLines.has(fault.place?.line))]
  const read = (): YamlDocument => ({ value, itemLines: itemLinesOf === undefined ? [] : itemLines(document, itemLinesOf) })
  if (all.length === 0) return { value: read() }
  const isSalvageable = document.faults.every(({ code }) => OF_ONE_VALUE.has(code)) && !faults.some(({ code }) => HOSTILE.has(code))
  if (!isSalvageable || all.length > MAX_FAULTS) return { faults: boundFaults(all) }
  const { places } = document
  const toldSpots = new Set([...told].map((offset) => `${places.lineOf(offset)}:${places.columnOf(offset)}`))
  const isTold = ({ line, column }: Place): boolean => brokenLines.has(line) || toldSpots.has(`${line}:${column}`)
  return { faults: boundFaults(all), salvaged: { ...read(), faults: all, isTold, standIns } }
}

/** Faults of the syntax that leave the rest of the document as it was meant. */
const OF_ONE_VALUE: ReadonlySet<string> = new Set(['UNQUOTED_SIGN', 'TAG'])

/** What nobody writes by mistake is read no further. */
const HOSTILE: ReadonlySet<string> = new Set(['TOO_DEEP', 'TOO_MANY_ALIASES'])

function itemLines(document: ComposedDocument, key: string): number[] {
  const list = isMap(document.contents) ? document.contents.get(key, true) : undefined
  const target = isAlias(list) ? document.targets.get(list) : list
  if (!isSeq(target)) return []
  return target.items.map((item) => {
    const range = isMap(item) || isScalar(item) || isSeq(item) || isAlias(item) ? item.range : undefined
    return document.places.lineOf(range?.[0] ?? 0)
  })
}

function linesOf(offsets: readonly number[], text: string, file: string): readonly number[] {
  if (offsets.length === 0) return []
  const places = new TextPlaces(text.replaceAll('\r\n', '\n'), file)
  return offsets.map((offset) => places.lineOf(offset))
}
