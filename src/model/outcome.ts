import type { Finding } from './finding.ts'
import type { Problem } from './problem.ts'

/** How a scenario ended. `flaky` is not one of these: it is `passed` after an earlier try that was not. */
export type Outcome =
  | { readonly status: 'passed' }
  /** At least one expectation is unmet. */
  | { readonly status: 'failed'; readonly findings: readonly Finding[] }
  /** It could not be judged; findings made before that are kept. */
  | { readonly status: 'errored'; readonly problem: Problem; readonly findings: readonly Finding[] }
  /** The author left it out. */
  | { readonly status: 'skipped'; readonly reason: string }
  /** Nothing is unmet, and something lacks evidence. */
  | { readonly status: 'inconclusive'; readonly findings: readonly Finding[] }
  /**
   * The run ended before it came to a verdict. `stopped`: by --bail, or because the target had refused an earlier scenario what this
   * one needs too (that one is `errored`); `interrupted`: by a signal, a limit of the run, or a crash.
   */
  | { readonly status: 'not-run'; readonly cause: 'stopped' | 'interrupted'; readonly reason: string }

export type OutcomeStatus = Outcome['status']
