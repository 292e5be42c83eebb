import { isAlias, isMap, isScalar, isSeq } from 'yaml'
import type { Json } from '../model/json.ts'
import type { Reading } from '../model/reading.ts'
import { boundFaults } from './bound-faults.ts'
import { type ComposedDocument, composeDocument } from './composed-document.ts'
import { nodeValue } from './node-value.ts'
import { readSimpleYaml } from './simple-yaml.ts'
import { TextPlaces } from './text-places.ts'

/** A YAML document as plain JSON. */
export interface YamlDocument {
  readonly value: Json
  /** For `itemLinesOf`: the 1-based line of each item of that list. */
  readonly itemLines: readonly number[]
}

export interface ReadYamlOptions {
  /** A key of the root that holds a list; the lines of its items are told. */
  readonly itemLinesOf?: string
}

/**
 * Reads YAML 1.2 or JSON that may be hostile: one document, plain data, string keys. Yields its value, or every fault with
 * its place. Nothing is changed silently: what YAML would read as something else than what stands there is a fault.
 * An empty text yields null.
 */
export function readYaml(text: string, file: string, options: ReadYamlOptions = {}): Reading<YamlDocument> {
  const simple = readSimpleYaml(text, options.itemLinesOf)
  return simple
    ? { value: { value: simple.value, itemLines: linesOf(simple.itemOffsets, text, file) } }
    : readComposed(composeDocument(text, file), options.itemLinesOf)
}

function readComposed(document: ComposedDocument, itemLinesOf: string | undefined): Reading<YamlDocument> {
  const { value, faults } = nodeValue(document)
  const brokenLines = new Set(document.faults.map((fault) => fault.place?.line))
  const all = [...document.faults, ...faults.filter((fault) => !brokenLines.has(fault.place?.line))]
  if (all.length > 0) return { faults: boundFaults(all) }
  return { value: { value, itemLines: itemLinesOf === undefined ? [] : itemLines(document, itemLinesOf) } }
}

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
