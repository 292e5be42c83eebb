import { posix } from 'node:path'
import type { Fault } from '../model/fault.ts'
import { isJsonObject, type Json } from '../model/json.ts'
import type { Place } from '../model/place.ts'
import type { Reading } from '../model/reading.ts'
import { readAndCheck } from '../yaml/read-and-check.ts'
import { readCsvRows } from './csv-rows.ts'
import type { Row } from './scenario-file.ts'

/** More test cases than these from one scenario are a mistake. */
const MAX_ROWS = 10_000

/** Reads the text of a file below the root; named relative to it, with forward slashes. */
export type ReadText = (file: string) => Reading<string>

/** The rows of a CSV or JSON file, whose path is relative to the scenario file. It never leads out of the root: `readText` sees to that. */
export function readExampleFile(path: string, scenarioFile: string, readText: ReadText): Reading<readonly Row[]> {
  if (posix.isAbsolute(path) || path.includes('\\')) return { faults: [notRelative(path)] }
  const file = posix.join(posix.dirname(scenarioFile), path)
  const text = readText(file)
  if (text.faults) return { faults: text.faults.map((fault) => unreadable(fault, file)) }
  const rows = file.endsWith('.json') ? readJsonRows(text.value, file) : readCsvRows(text.value, file)
  return rows.faults ? rows : bounded(rows.value, file)
}

/** Said where the file is named. */
function unreadable({ code, message, advice, expected }: Fault, file: string): Fault {
  return { code, message: `${file}: ${message}`, ...(advice !== undefined && { advice }), ...(expected !== undefined && { expected }) }
}

function bounded(rows: readonly Row[], file: string): Reading<readonly Row[]> {
  const place = { file, line: 1, column: 1 }
  if (rows.length === 0) return { faults: [{ code: 'NO_ROWS', message: 'the file has no rows', place, expected: 'at least one' }] }
  if (rows.length <= MAX_ROWS) return { value: rows }
  return { faults: [{ code: 'TOO_MANY_ROWS', message: `the file has ${rows.length} rows`, place, expected: `at most ${MAX_ROWS}` }] }
}

function readJsonRows(text: string, file: string): Reading<readonly Row[]> {
  return readAndCheck(text, file, (value, locator) => {
    if (!Array.isArray(value)) return { faults: [notRows(locator.placeOf([]))] }
    const faults = value.flatMap((item: Json, index) => (isRow(item) ? [] : [notRows(locator.placeOf([index]))]))
    return faults.length > 0 ? { faults } : { value: value.filter(isRow) }
  })
}

function notRows(place: Place): Fault {
  return { code: 'BAD_ROWS', message: 'this is no row', place, expected: ROWS }
}

const ROWS = 'a list of objects, e.g. [{ "key": "1", "queue": "queue_sales" }]; names have letters, digits, _ and -'

const NAME = /^(?!steps$)[A-Za-z_][A-Za-z0-9_-]*$/

function isRow(value: Json): value is Row {
  return isJsonObject(value) && Object.keys(value).length > 0 && Object.keys(value).every((name) => NAME.test(name))
}

function notRelative(path: string): Fault {
  return {
    code: 'OUTSIDE_ROOT',
    message: `${JSON.stringify(path)} is no relative path`,
    expected: 'a path relative to the scenario file, with forward slashes',
  }
}
