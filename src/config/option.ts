import { parseDuration } from '../model/duration.ts'
import type { Pointer } from '../model/place.ts'
import type { ConfigFile } from './config-file.ts'

/**
 * One thing that can be configured, with every place where it may stand. `flag` and `variable` carry text, which `parse` reads
 * (`undefined`: it is wrong; `expected` says what would be right); `inFile` picks it out of a checked configuration.
 */
export interface Option<T> {
  /** Dotted, as in the configuration file. */
  readonly name: string
  readonly flag?: string
  readonly variable?: string
  readonly parse: (text: string) => T | undefined
  /** What the flag stands for where it is given without a value. */
  readonly bare?: T
  /** What a text has to be, in words. */
  readonly expected: string
  readonly inFile: (file: ConfigFile) => T | undefined
  /** Where `inFile` looks. @default the parts of the name */
  readonly pointer?: Pointer
  readonly fallback: T
  /** As `cxspec config` prints it. */
  readonly show: (value: T) => string
}

type Place<T> = Pick<Option<T>, 'name' | 'inFile' | 'fallback'> & Partial<Pick<Option<T>, 'flag' | 'variable' | 'pointer'>>

/** A whole number of at least `least` and at most `most`. */
export function wholeNumber(place: Place<number>, least: number, most: number): Option<number> {
  return {
    ...place,
    expected: `a whole number from ${least} to ${most}`,
    parse: (text) => (/^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined),
    show: String,
  }
}

/** A duration in milliseconds, written with its unit. */
export function duration(
  place: Omit<Place<number>, 'inFile'> & { readonly inFile: (file: ConfigFile) => string | undefined },
): Option<number> {
  return {
    ...place,
    expected: 'a duration with its unit, e.g. 500ms, 2s or 5m',
    parse: parseDuration,
    inFile: (file) => parsed(place.inFile(file), parseDuration),
    show: showDuration,
  }
}

/** Some text that is not empty. */
export function text(place: Place<string>): Option<string> {
  return { ...place, expected: 'some text', parse: (given) => (given === '' ? undefined : given), show: (value) => value }
}

/** Yes or no: the flag alone says yes, a variable says `true` or `false`. */
export function toggle(place: Place<boolean>): Option<boolean> {
  const parse = (given: string): boolean | undefined => ({ true: true, false: false })[given]
  return { ...place, bare: true, expected: 'true or false', parse, show: String }
}

/** A number of bytes, written `512kB` or `10MB` (powers of 1000). */
export function size(place: Omit<Place<number>, 'inFile'> & { readonly inFile: (file: ConfigFile) => string | undefined }): Option<number> {
  return {
    ...place,
    expected: 'a size with its unit, e.g. 512kB or 10MB',
    parse: parseSize,
    inFile: (file) => parsed(place.inFile(file), parseSize),
    show: (bytes) => `${bytes} B`,
  }
}

/** Milliseconds in the largest unit that divides them. */
export function showDuration(ms: number): string {
  if (ms === 0) return '0s'
  if (ms % 60_000 === 0) return `${ms / 60_000}m`
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`
}

const SIZE_UNITS: Readonly<Record<string, number>> = { B: 1, kB: 1_000, MB: 1_000_000 }

function parseSize(written: string): number | undefined {
  const [, amount, unit = ''] = /^(\d{1,9})(B|kB|MB)$/.exec(written) ?? []
  const factor = SIZE_UNITS[unit]
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor
}

function parsed<T>(written: string | undefined, parse: (text: string) => T | undefined): T | undefined {
  return written === undefined ? undefined : parse(written)
}
