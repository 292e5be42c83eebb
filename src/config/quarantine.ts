import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Excuse } from '../model/excuse.ts'
import type { Fault } from '../model/fault.ts'
import type { Json } from '../model/json.ts'
import type { Reading } from '../model/reading.ts'
import { validateQuarantine } from '../schema/generated/quarantine.ts'
import { schemaFaults } from '../schema/schema-faults.ts'
import type { Validator } from '../schema/validator.ts'
import { openLocator } from '../yaml/locate.ts'
import { readTextFile } from '../yaml/read-text-file.ts'
import { readYaml } from '../yaml/read-yaml.ts'

/** A scenario, or a file of them, whose failures are excused until the end of a day. */
export interface QuarantineEntry {
  /** `FILE#NAME` or `FILE`. */
  readonly scenario: string
  readonly owner: string
  readonly reason: string
  /** The last day, UTC: `2026-12-31`. */
  readonly until: string
}

interface QuarantineFile {
  readonly quarantine: readonly QuarantineEntry[]
}

const isQuarantineFile: Validator<QuarantineFile> = validateQuarantine

/**
 * Reads a quarantine file:
 *
 * ```yaml
 * quarantine:
 *   - scenario: scenarios/menu.cxspec.yaml#key 1 reaches sales
 *     owner: ivr-team
 *     reason: waits for the new queue
 *     until: 2026-12-31
 * ```
 *
 * `file` is relative to `cwd`. A file that is not there is an empty quarantine where nobody asked for it (`isAskedFor`).
 */
export function readQuarantine(file: string, cwd: string, isAskedFor: boolean): Reading<readonly QuarantineEntry[]> {
  if (!isAskedFor && !statSync(resolve(cwd, file), { throwIfNoEntry: false })) return { value: [] }
  const text = readTextFile(file, cwd)
  if (text.faults) return { faults: text.faults }
  const document = readYaml(text.value, file)
  const written = document.value?.value ?? document.salvaged?.value
  const faults = [...(document.faults ?? []), ...(written === undefined ? [] : faultsOf(written, text.value, file))]
  return faults.length === 0 && isQuarantineFile(written) ? { value: written.quarantine } : { faults }
}

function faultsOf(written: Json, text: string, file: string): Fault[] {
  const locator = openLocator(text, file)
  const places = { placeOf: locator.placeOf.bind(locator), keyPlaceOf: locator.keyPlaceOf.bind(locator) }
  if (!isQuarantineFile(written)) return schemaFaults(isQuarantineFile.errors ?? [], places)
  return written.quarantine.flatMap(({ until }, index) =>
    isDay(until) ? [] : [{ ...NO_DAY, message: `there is no day ${until}`, place: places.placeOf(['quarantine', index, 'until']) }],
  )
}

const NO_DAY = { code: 'INVALID_DATE', expected: 'a day of the calendar: YYYY-MM-DD' }

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** Why a scenario (by its id) is excused on the day of `now`; `undefined` where no entry names it, or its last day is over. */
export function quarantineExcuse(entries: readonly QuarantineEntry[], now: Date): (scenario: string) => Excuse | undefined {
  const today = now.toISOString().slice(0, 10)
  const current = entries.filter(({ until }) => until >= today)
  return (id) => {
    const entry = current.find(({ scenario }) => names(scenario, id))
    if (!entry) return undefined
    const { owner, reason, until } = entry
    return { kind: 'quarantine', reason: `quarantined by ${owner} until ${until}: ${reason}` }
  }
}

/** Entries whose last day is over, to be told: their failures count again. */
export function expiredEntries(entries: readonly QuarantineEntry[], now: Date): QuarantineEntry[] {
  const today = now.toISOString().slice(0, 10)
  return entries.filter(({ until }) => until < today)
}

/** The scenario itself, its example rows (`… [key=1]`), its repetitions (`… (2 of 5)`), or all of a file. */
function names(scenario: string, id: string): boolean {
  if (id === scenario || id.startsWith(`${scenario} [`) || id.startsWith(`${scenario} (`)) return true
  return !scenario.includes('#') && id.startsWith(`${scenario}#`)
}
