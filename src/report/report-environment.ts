import type { Clock } from '../model/clock.ts'
import type { Write } from '../model/reporter.ts'

/** All that reporters may use of the world: handed in, so that they work the same live, from a journal and in tests. */
export interface ReportEnvironment {
  readonly clock: Clock
  readonly screen: Screen
  /** Folder of reports that have no `file` of their own, as given: it may be relative to the working directory. */
  readonly output: string
  /** The way from the root of the repository to the working directory, with forward slashes; empty where they are the same. See `pathFromRepository`. */
  readonly pathFromRepository: string
  /** What a person types to run again, without paths: `cxspec run --target staging`. */
  readonly rerunCommand: string
  /** Takes lines that a CI system is to act on, e.g. annotations; nothing in them is made harmless, so all data has to be escaped. */
  readonly commands: Write
  /** A file to which a CI system wants a summary in Markdown appended, e.g. `GITHUB_STEP_SUMMARY`; absent: there is none. */
  readonly stepSummary?: string
}

/** Where a person reads along. Make one with `screenOf`. */
export interface Screen {
  readonly write: Write
  /** A terminal whose lines can be drawn over. False in CI, in a pipe and on a dumb terminal. */
  readonly isLive: boolean
  readonly hasColours: boolean
  /** Width in columns, asked again before each drawing, since windows change. */
  readonly columns: () => number
  /** `quiet`: failures and the summary. `verbose`: also every step and request. */
  readonly detail: 'quiet' | 'normal' | 'verbose'
}
