/** Deepest nesting of lists and mappings that is read; people write fewer than ten levels, and deeper ones exhaust the stack of what comes later. */
export const MAX_DEPTH = 64

/** Largest file that is read, in bytes. */
export const MAX_FILE_BYTES = 4 * 1024 * 1024

/** The same for a flow: generated ones have tens of thousands of nodes. */
export const MAX_FLOW_BYTES = 32 * 1024 * 1024

/** Largest text that is composed by the complete YAML library, in signs and values (a file of 25 lines has about 230): it takes up to 1 kB of memory for each. */
export const MAX_LEXEMES = 100_000

/** How much all aliases together may add to a document, in characters and values. */
export const MAX_ALIAS_EXPANSION = 1_000_000

/** How many faults of a file are told; a file with more is broken as a whole. */
export const MAX_FAULTS = 100

/** Longest line that is repeated in a fault, in UTF-16 code units. */
export const MAX_SOURCE_LENGTH = 10_000
