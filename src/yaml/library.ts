/** What is used of the YAML library, which is loaded by the first text that needs it: files of everyday YAML do without its 30 ms. */
import { createRequire } from 'node:module'
import type { Alias, CST, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml'

let loaded: typeof import('yaml') | undefined

/** The library itself. */
export function library(): typeof import('yaml') {
  loaded ??= loadLibrary()
  return loaded
}

// Required and not imported: a module that is imported is loaded at once, and one that is imported dynamically only later.
function loadLibrary(): typeof import('yaml') {
  return createRequire(import.meta.url)('yaml')
}

/** As the library's. */
export const isAlias = (node: unknown): node is Alias => library().isAlias(node)

/** As the library's. */
export const isCollection = (node: unknown): node is YAMLMap | YAMLSeq => library().isCollection(node)

/** As the library's. */
export const isMap = (node: unknown): node is YAMLMap => library().isMap(node)

/** As the library's. */
export const isPair = (node: unknown): node is Pair<Node, Node | null> => library().isPair(node)

/** As the library's. */
export const isScalar = (node: unknown): node is Scalar => library().isScalar(node)

/** As the library's. */
export const isSeq = (node: unknown): node is YAMLSeq => library().isSeq(node)

/** As the library's `CST.isCollection`. */
export const isTokenCollection = (token: CST.Token): token is CST.BlockMap | CST.BlockSequence | CST.FlowCollection =>
  library().CST.isCollection(token)
