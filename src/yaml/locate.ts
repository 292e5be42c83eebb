import type { Node, Pair } from 'yaml'
import type { Place, Pointer } from '../model/place.ts'
import { type ComposedDocument, composeDocument } from './composed-document.ts'
import { isAlias, isMap, isScalar, isSeq } from './library.ts'
import { openParts } from './open-parts.ts'

/** Finds the places of one text, parsing it once however many are asked for. */
export interface Locator {
  /** See {@link locate}. */
  readonly placeOf: (pointer: Pointer) => Place
  /** The place of the key under which the value stands; for an item of a list, and the root, the value itself. */
  readonly keyPlaceOf: (pointer: Pointer) => Place
  /** The value as it is written, for a scalar that is not quoted and stands on one line. */
  readonly plainTextOf: (pointer: Pointer) => string | undefined
}

/** See {@link Locator}. Never throws: where the text cannot be parsed, everything stands at its beginning. */
export function openLocator(text: string, file: string): Locator {
  const document = composeDocument(text, file)
  const locator = locatorOf(document)
  if (!document.faults.some(({ code }) => code === 'TOO_COMPLEX')) return locator
  return openParts(text, file, { open: (part) => locatorOf(composeDocument(part, file)), elsewhere: locator })
}

function locatorOf(document: ComposedDocument): Locator {
  const place = (node: unknown): Place => document.places.placeOf(...rangeOf(node))
  return {
    placeOf: (pointer) => place(find(document, pointer).node),
    keyPlaceOf: (pointer) => {
      const { node, key } = find(document, pointer)
      return place(key ?? node)
    },
    plainTextOf: (pointer) => {
      const { node, key } = find(document, pointer)
      return node !== key && isScalar(node) && node.type === 'PLAIN' ? node.source : undefined
    },
  }
}

/**
 * Where a value of a YAML or JSON text stands, worked out by parsing it again. Where the pointer ends at an alias, that is
 * the alias; where it leads on through one, the value's place below the anchor, since that is what has to be changed.
 * A pointer that leads nowhere gets the place of the nearest value above it.
 */
export function locate(text: string, file: string, pointer: Pointer): Place {
  return openLocator(text, file).placeOf(pointer)
}

interface Found {
  readonly node: unknown
  /** The key before the node; absent in lists. */
  readonly key?: unknown
}

function find(document: ComposedDocument, pointer: Pointer): Found {
  let found: Found = { node: document.contents }
  for (const part of pointer) {
    const next = step(resolve(document, found.node), part)
    if (!next) break
    found = next
  }
  return found
}

function resolve(document: ComposedDocument, node: unknown): unknown {
  return isAlias(node) ? document.targets.get(node) : node
}

function step(node: unknown, part: string | number): Found | undefined {
  if (isSeq(node)) {
    const item = typeof part === 'number' ? node.items[part] : undefined
    return item === undefined ? undefined : { node: item }
  }
  if (!isMap(node)) return undefined
  const pair = node.items.find(({ key }) => isScalar(key) && key.value === String(part))
  return pair && { node: writtenValue(pair), key: pair.key }
}

/** A value that is left out stands where its key stands. */
function writtenValue(pair: Pair): unknown {
  const { key, value } = pair
  const isLeftOut = value === null || (isScalar(value) && value.source === '' && value.type === 'PLAIN')
  return isLeftOut && isScalar(key) ? key : value
}

function rangeOf(node: unknown): [number, number] {
  const range = isNodeWithRange(node) ? node.range : undefined
  return range ? [range[0], range[1]] : [0, 1]
}

function isNodeWithRange(node: unknown): node is Node {
  return isScalar(node) || isAlias(node) || isMap(node) || isSeq(node)
}
