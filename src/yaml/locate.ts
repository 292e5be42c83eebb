import type { Place, Pointer } from '../model/place.ts'

/**
 * Where a value of a YAML or JSON text stands, worked out by parsing it again. Where the pointer ends at an alias, that is
 * the alias; where it leads on through one, the value's place below the anchor, since that is what has to be changed.
 * A pointer that leads nowhere gets the place of the nearest value above it.
 */
export declare function locate(text: string, file: string, pointer: Pointer): Place
