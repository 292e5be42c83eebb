import type { Fault } from '../model/fault.ts'
import type { Place, Pointer } from '../model/place.ts'
import type { ConfigFile } from './config-file.ts'
import type { Environment } from './environment.ts'
import type { Option } from './option.ts'
import { type EffectiveValue, inFile, type Origin } from './origin.ts'

/** Texts of flags by their name without dashes; a flag that was given several times has several. */
export type FlagTexts = Readonly<Record<string, readonly string[] | undefined>>

/** What values are looked up in. */
export interface Lookup {
  readonly flags: FlagTexts
  readonly environment: Environment
  readonly file: ConfigFile
  /** Where a value of the configuration file stands; absent where there is none. */
  readonly placeOf?: (pointer: Pointer) => Place
}

/** The lookups of one resolution, and what was found so far. */
export class Sources implements Omit<Lookup, 'placeOf'> {
  readonly flags: Lookup['flags']
  readonly environment: Lookup['environment']
  readonly file: Lookup['file']
  readonly #placeOf: Lookup['placeOf']
  readonly faults: Fault[] = []
  readonly #effective = new Map<string, EffectiveValue>()

  constructor(from: Lookup) {
    this.flags = from.flags
    this.environment = from.environment
    this.file = from.file
    this.#placeOf = from.placeOf
  }

  /** The value in force: flag, environment, file, default. What a flag or a variable says wrongly becomes a fault. */
  pick<T>(option: Option<T>): T {
    const { value, origin } = this.#fromFlag(option) ?? this.#fromVariable(option) ?? this.#fromFile(option) ?? fallback(option)
    this.record(option.name, option.show(value), origin)
    return value
  }

  /** Notes a value for `cxspec config`; a later one of the same name wins. */
  record(name: string, shown: string, origin: Origin): void {
    this.#effective.set(name, { name, shown, origin })
  }

  /** What was noted so far. */
  effective(): EffectiveValue[] {
    return [...this.#effective.values()]
  }

  /** Where the value of that name came from. */
  originOf(name: string): Origin {
    return this.#effective.get(name)?.origin ?? { kind: 'default' }
  }

  /** `file:line:column` of a value of the file, as an origin; the default where the file does not hold it. */
  originInFile(pointer: Pointer, isThere: boolean): Origin {
    return isThere && this.#placeOf ? inFile(pointer, this.#placeOf) : { kind: 'default' }
  }

  /** The place of a value of the file, for a fault. */
  placed(pointer: Pointer): { readonly place?: Place } {
    return this.#placeOf ? { place: this.#placeOf(pointer) } : {}
  }

  #fromFlag<T>(option: Option<T>): Found<T> | undefined {
    const name = option.flag
    const texts = name === undefined ? undefined : this.flags[name]
    if (name === undefined || texts === undefined) return undefined
    const text = texts.at(-1)
    if (text !== undefined) return this.#read(option, text, `the flag --${name}`, { kind: 'flag', name })
    return option.bare === undefined ? undefined : { value: option.bare, origin: { kind: 'flag', name } }
  }

  #fromVariable<T>(option: Option<T>): Found<T> | undefined {
    const text = option.variable === undefined ? undefined : this.environment.get(option.variable)
    if (option.variable === undefined || text === undefined) return undefined
    return this.#read(option, text, `the environment variable ${option.variable}`, this.environment.originOf(option.variable))
  }

  #fromFile<T>(option: Option<T>): Found<T> | undefined {
    const value = option.inFile(this.file)
    return value === undefined ? undefined : { value, origin: this.originInFile(option.pointer ?? option.name.split('.'), true) }
  }

  #read<T>(option: Option<T>, text: string, where: string, origin: Origin): Found<T> {
    const value = option.parse(text)
    if (value !== undefined) return { value, origin }
    this.faults.push({ code: 'INVALID_SETTING', message: `${where} says ${JSON.stringify(text)}`, expected: option.expected })
    return { value: option.fallback, origin }
  }
}

interface Found<T> {
  readonly value: T
  readonly origin: Origin
}

function fallback<T>(option: Option<T>): Found<T> {
  return { value: option.fallback, origin: { kind: 'default' } }
}
