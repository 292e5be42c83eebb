import { createRequire } from 'node:module'
import type { Fault } from '../model/fault.ts'
import type { Reading } from '../model/reading.ts'
import { boundFaults } from '../yaml/bound-faults.ts'
import type { Row } from './scenario-file.ts'

const NAME = /^(?!steps$)[A-Za-z_][A-Za-z0-9_-]*$/

/**
 * Rows of a CSV file (RFC 4180: commas, double quotes), whose first line names the columns. Every value is text; spaces
 * count. Faults carry the line.
 */
export function readCsvRows(text: string, file: string): Reading<readonly Row[]> {
  try {
    const [header, ...lines] = parser().parse(text, OPTIONS)
    const columns = header?.record ?? []
    const faults = [...columnFaults(columns, file), ...lines.flatMap((line) => lengthFaults(line, columns.length, file))]
    if (faults.length > 0) return { faults: boundFaults(faults) }
    return { value: lines.map(({ record }) => Object.fromEntries(record.map((value, index) => [columns[index] ?? '', value]))) }
  } catch (error) {
    return { faults: [csvFault(error, file)] }
  }
}

/** Rows of another length are no end: all of them are told. */
const OPTIONS = { record_delimiter: ['\r\n', '\n', '\r'], skip_empty_lines: true, relax_column_count: true, info: true }

interface CsvLine {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

/** The parser is loaded on first use, since most runs read no CSV. */
function parser(): { readonly parse: (text: string, options: object) => readonly CsvLine[] } {
  const require = createRequire(import.meta.url)
  return require('csv-parse/sync')
}

function columnFaults(columns: readonly string[], file: string): Fault[] {
  const place = { file, line: 1, column: 1 }
  if (columns.length === 0)
    return [{ code: 'NO_ROWS', message: 'the file is empty', place, expected: 'a line with the names of the columns, then rows' }]
  return columns.flatMap((column, index): Fault[] => {
    if (!NAME.test(column))
      return [{ code: 'BAD_NAME', message: `column ${index + 1} is called ${JSON.stringify(column)}`, place, expected: COLUMN }]
    return columns.indexOf(column) < index ? [{ code: 'DUPLICATE_KEY', message: `two columns are called "${column}"`, place }] : []
  })
}

const COLUMN = 'letters, digits, _ and -, not beginning with a digit, and not "steps"; separated by commas'

function lengthFaults({ record, info }: CsvLine, columns: number, file: string): Fault[] {
  if (record.length === columns) return []
  const values = `${record.length} ${record.length === 1 ? 'value' : 'values'}`
  const message = `this row has ${values}, and there are ${columns} columns`
  return [{ code: 'CSV_SYNTAX', message, place: { file, line: info.lines, column: 1 }, expected: AS_MANY }]
}

const AS_MANY = 'as many values in every row as there are columns; values that hold commas or quotes in double quotes'

function csvFault(error: unknown, file: string): Fault {
  const message = error instanceof Error ? error.message : String(error)
  const line = typeof error === 'object' && error !== null && 'lines' in error && typeof error.lines === 'number' ? error.lines : 1
  return {
    code: 'CSV_SYNTAX',
    message: `this is no CSV: ${message}`,
    place: { file, line, column: 1 },
    expected: AS_MANY,
  }
}
