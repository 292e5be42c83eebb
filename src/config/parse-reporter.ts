import type { Fault } from '../model/fault.ts'
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import type { ReporterSettings } from './settings.ts'

/**
 * Reads the text of `--reporter`: `junit`, or `junit:file=out/junit.xml,name=nightly`. A comma that belongs to a value is written
 * `\,`. Pushes a fault and yields nothing where it is neither.
 */
export function parseReporter(text: string, faults: Fault[]): ReporterSettings[] {
  const [, name, rest] = /^([^:,=\s]+)(?::(.*))?$/s.exec(text) ?? []
  const pairs = rest === undefined ? [] : rest.split(/(?<!\\),/).map((pair) => /^([^=]+)=(.*)$/s.exec(pair.replaceAll('\\,', ',')))
  if (name === undefined || pairs.includes(null)) {
    faults.push({
      code: 'INVALID_REPORTER',
      message: `the flag --reporter says ${JSON.stringify(text)}`,
      expected: 'a name, or name:key=value,key=value, e.g. junit:file=reports/junit.xml',
    })
    return []
  }
  return [{ name, options: Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? ''])) }]
}

/** A reporter as the configuration file holds it: a name, or a mapping from one name to its options. */
export function reporterOf(entry: string | JsonObject): ReporterSettings {
  if (typeof entry === 'string') return { name: entry, options: {} }
  const [[name, options] = ['', {}]] = Object.entries<Json | undefined>(entry)
  return { name, options: isJsonObject(options) ? options : {} }
}

/** As `--reporter` would take it. */
export function showReporter({ name, options }: ReporterSettings): string {
  const pairs = Object.entries(options).map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return pairs.length === 0 ? name : `${name}:${pairs.join(',')}`
}
