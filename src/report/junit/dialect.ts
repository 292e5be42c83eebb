import { type Fault, FaultError } from '../../model/fault.ts'
import type { Json } from '../../model/json.ts'
import { nearest } from '../../model/nearest.ts'

/** What a family of readers takes beside what all of them do. */
export interface Dialect {
  /** Whether a case may say its file and its line. */
  readonly hasPlaces: boolean
  /** Whether a case may have properties; else they stand in its output. */
  readonly hasCaseProperties: boolean
}

/**
 * `default`: what Jenkins (junit plugin), GitLab, GitHub actions, Azure DevOps, CircleCI and Buildkite all show well.
 * `jenkins-xunit`: what the xUnit plugin of Jenkins accepts, which refuses a whole file that does not conform to its `junit-10.xsd`.
 */
const DIALECTS: Readonly<Record<string, Dialect>> = {
  default: { hasPlaces: true, hasCaseProperties: true },
  'jenkins-xunit': { hasPlaces: false, hasCaseProperties: false },
}

/** The dialect of that name; absent: the default one. Throws a `FaultError` where there is none. */
export function dialectOf(name: Json | undefined): Dialect {
  const wanted = typeof name === 'string' ? name : 'default'
  const dialect = Object.hasOwn(DIALECTS, wanted) ? DIALECTS[wanted] : undefined
  if (dialect) return dialect
  throw new FaultError([unknownDialect(wanted)])
}

function unknownDialect(name: string): Fault {
  const names = Object.keys(DIALECTS)
  const meant = nearest(name, names)
  return {
    code: 'UNKNOWN_DIALECT',
    message: `the reporter "junit" has no dialect "${name}"`,
    expected: names.join(', '),
    ...(meant === undefined ? {} : { advice: `did you mean "${meant}"?` }),
  }
}
