import { type Fault, FaultError } from '../model/fault.ts'
import type { Json, JsonObject } from '../model/json.ts'
import { nearest } from '../model/nearest.ts'
import { type ReportFormat, reporters } from './reporters.ts'

/** A reporter as the configuration or the command line names it. */
export interface ReporterChoice {
  readonly name: string
  readonly options: JsonObject
}

/** A choice that is known to make sense, with the path of its file (empty where the report is no file). */
export interface CheckedChoice {
  readonly name: string
  readonly format: ReportFormat
  readonly options: JsonObject
  readonly file: string
}

/** The formats of `choices`, in order. Throws a `FaultError` that lists every unknown name and every unknown or unusable option. */
export function checkReporters(choices: readonly ReporterChoice[], output: string): CheckedChoice[] {
  const faults = choices.flatMap(faultsOf)
  const files = choices.map((choice) => fileOf(choice, output))
  faults.push(...files.filter((file, index) => file !== '' && files.indexOf(file) < index).map(writtenTwice))
  if (faults.length > 0) throw new FaultError(faults)
  return choices.flatMap((choice, index) => {
    const format = formatOf(choice.name)
    return format ? [{ ...choice, format, file: files[index] ?? '' }] : []
  })
}

function formatOf(name: string): ReportFormat | undefined {
  return Object.hasOwn(reporters, name) ? reporters[name] : undefined
}

function fileOf({ name, options }: ReporterChoice, output: string): string {
  const usual = formatOf(name)?.file
  if (usual === undefined) return ''
  const chosen = options['file']
  return typeof chosen === 'string' ? chosen : `${output.replace(/\/+$/, '')}/${usual}`
}

function faultsOf({ name, options }: ReporterChoice): Fault[] {
  const format = formatOf(name)
  if (!format) return [unknown('UNKNOWN_REPORTER', `there is no reporter "${name}"`, name, Object.keys(reporters))]
  const known = [...(format.file === undefined ? [] : ['file']), ...(format.options ?? [])]
  return Object.entries(options).flatMap(([option, value]) => {
    if (!known.includes(option)) return [unknown('UNKNOWN_OPTION', `the reporter "${name}" has no option "${option}"`, option, known)]
    return isText(value) ? [] : [notText(name, option)]
  })
}

function isText(value: Json | undefined): boolean {
  return typeof value === 'string' && value.trim() !== ''
}

function unknown(code: string, message: string, name: string, known: readonly string[]): Fault {
  const meant = nearest(name, known)
  const expected = known.length > 0 ? known.join(', ') : 'no options'
  return { code, message, expected, ...(meant === undefined ? {} : { advice: `did you mean "${meant}"?` }) }
}

function notText(reporter: string, option: string): Fault {
  return {
    code: 'INVALID_OPTION',
    message: `the option "${option}" of the reporter "${reporter}" is no text`,
    expected: 'a text that is not empty',
    advice: `write ${option}: "…"`,
  }
}

function writtenTwice(file: string): Fault {
  return { code: 'FILE_WRITTEN_TWICE', message: `two reports would be written to "${file}"`, advice: 'give one of them another file' }
}
