import { durationOf, type JunitCase, type JunitReport, type JunitSuite } from './junit-report.ts'

/** What one file may hold: Buildkite takes 5,000 cases, GitLab 30 MB. */
interface PartLimits {
  readonly cases: number
  readonly bytes: number
}

const PART_LIMITS: PartLimits = { cases: 5_000, bytes: 30_000_000 }

/** Elements, attributes and indentation of a case beside its texts, in bytes: more than there ever is. */
const CASE_OVERHEAD = 600

/** The same of a suite, with its properties. */
const SUITE_OVERHEAD = 4_000

/**
 * The report as files that are within limits, each a report of its own with its own counts. One suite may go on in the next file.
 * A report that is within limits as a whole is one file.
 */
export function* junitParts({ name, suites }: Pick<JunitReport, 'name' | 'suites'>, limits = PART_LIMITS): Generator<JunitReport> {
  let part: JunitSuite[] = []
  let room = { ...limits }
  for (const suite of suites) {
    let cases: JunitCase[] = []
    room.bytes -= SUITE_OVERHEAD
    for (const testCase of suite.cases) {
      const bytes = bytesOf(testCase)
      const isFull = room.cases < 1 || room.bytes < bytes
      if (isFull && part.length + cases.length > 0) {
        if (cases.length > 0) part.push({ ...suite, cases })
        yield reportOf(name, part)
        part = []
        cases = []
        room = { ...limits, bytes: limits.bytes - SUITE_OVERHEAD }
      }
      cases.push(testCase)
      room.cases -= 1
      room.bytes -= bytes
    }
    if (cases.length > 0) part.push({ ...suite, cases })
  }
  yield reportOf(name, part)
}

/** A report of these suites, with its counts. */
function reportOf(name: string, suites: readonly JunitSuite[]): JunitReport {
  const cases = suites.flatMap((suite) => suite.cases)
  const count = (element: string): number => cases.filter(({ result }) => result?.element === element).length
  return { name, tests: cases.length, failures: count('failure'), errors: count('error'), durationMs: durationOf(cases), suites }
}

/** How large a case is as XML, at most. */
function bytesOf({ name, classname, file = '', result, output = '', attachment = '', properties, earlier }: JunitCase): number {
  const texts = [name, classname, file, output, attachment, ...properties.flatMap((each) => [each.name, each.value])]
  for (const each of [...earlier, ...(result ? [result] : [])]) texts.push(each.message, each.type, each.text)
  return texts.reduce((sum, text) => sum + escapedBytes(text), (1 + earlier.length + properties.length) * CASE_OVERHEAD)
}

/** A character that has to be escaped takes up to six bytes. */
function escapedBytes(text: string): number {
  return Buffer.byteLength(text) + 5 * (text.match(/[&<>"'\t\n\r]/g)?.length ?? 0)
}
