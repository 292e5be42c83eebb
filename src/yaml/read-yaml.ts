import type { Json } from '../model/json.ts'
import type { Reading } from '../model/reading.ts'

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
 */
export declare function readYaml(text: string, file: string, options?: ReadYamlOptions): Reading<YamlDocument>
