import { formatPlace, type Place, type Pointer } from '../model/place.ts'

/** Where an effective value came from; the first that is set wins, in this order. */
export type Origin =
  | { readonly kind: 'flag'; readonly name: string }
  | { readonly kind: 'environment'; readonly name: string; readonly file?: string }
  | { readonly kind: 'file'; readonly place: Place }
  | { readonly kind: 'default' }

/** The file as an origin. The place is worked out when it is asked for, since that takes the whole YAML library. */
export function inFile(pointer: Pointer, placeOf: (pointer: Pointer) => Place): Origin {
  return {
    kind: 'file',
    get place() {
      return placeOf(pointer)
    },
  }
}

/** In words: `flag --jobs`, `environment CXSPEC_JOBS`, `environment CXSPEC_JOBS (from .env)`, `cxspec.config.yaml:3:11` or `default`. */
export function formatOrigin(origin: Origin): string {
  switch (origin.kind) {
    case 'flag':
      return `flag --${origin.name}`
    case 'environment':
      return `environment ${origin.name}${origin.file === undefined ? '' : ` (from ${origin.file})`}`
    case 'file':
      return formatPlace(origin.place)
    case 'default':
      return 'default'
  }
}

/** One value that is in force, as text for a person, and where it came from. */
export interface EffectiveValue {
  /** Dotted, as in the configuration file: `limits.requestsAtOnce`. */
  readonly name: string
  readonly shown: string
  readonly origin: Origin
}
