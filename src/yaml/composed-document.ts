import type { Alias, Document, Node } from 'yaml'
import type { Fault } from '../model/fault.ts'
import { isAlias, isCollection, isPair, isScalar, library } from './library.ts'
import { parseTokens } from './parse-tokens.ts'
import { syntaxFaults } from './syntax-faults.ts'
import { TextPlaces } from './text-places.ts'
import { tokenFaults } from './token-faults.ts'

/** A text as the YAML library sees it. */
export interface ComposedDocument {
  readonly contents: Node | null
  /** The node that each alias stands for; an alias that is not in it is unresolved. */
  readonly targets: ReadonlyMap<Alias, Node>
  readonly places: TextPlaces
  /** Of the syntax; with any of these the contents are only a guess. */
  readonly faults: readonly Fault[]
}

/** Composes a text with the complete library, after making sure that this cannot exhaust stack or memory. Never throws. */
export function composeDocument(text: string, file: string): ComposedDocument {
  const places = new TextPlaces(text, file)
  const nothing = { contents: null, targets: new Map<Alias, Node>(), places }
  const { tokens, fault } = parseTokens(text, places)
  if (fault) return { ...nothing, faults: [fault] }
  const early = tokenFaults(tokens, text, places)
  if (early.some((fault) => fault.code === 'TOO_DEEP')) return { ...nothing, faults: early }
  const { Composer } = library()
  const [document] = new Composer({ version: '1.2', schema: 'core', uniqueKeys: false, merge: false }).compose(tokens, true, text.length)
  if (!document) return { ...nothing, faults: early }
  return {
    contents: document.contents,
    targets: aliasTargets(document),
    places,
    faults: withoutEchoes(early, syntaxFaults(document.errors, text, places)),
  }
}

/** Where a trap has been explained, what the library says about the same line is a consequence of it. */
function withoutEchoes(early: readonly Fault[], syntax: readonly Fault[]): Fault[] {
  const lines = new Set(early.map((fault) => fault.place?.line))
  return [...early, ...syntax.filter((fault) => !lines.has(fault.place?.line))]
}

/** Pairs every alias with the last anchor of its name before it, in the order of the document. */
function aliasTargets(document: Document.Parsed): Map<Alias, Node> {
  const anchors = new Map<string, Node>()
  const targets = new Map<Alias, Node>()
  const pending: unknown[] = [document.contents]
  while (pending.length > 0) {
    const node = pending.pop()
    if (isPair(node)) pending.push(node.value, node.key)
    if (isAlias(node)) {
      const target = anchors.get(node.source)
      if (target) targets.set(node, target)
    } else if ((isCollection(node) || isScalar(node)) && node.anchor !== undefined) anchors.set(node.anchor, node)
    if (isCollection(node)) for (let index = node.items.length - 1; index >= 0; index -= 1) pending.push(node.items[index])
  }
  return targets
}
