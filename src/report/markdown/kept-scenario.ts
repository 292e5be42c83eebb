import type { OutcomeStatus } from '../../model/outcome.ts'
import { plain } from '../colours.ts'
import type { ScenarioReport } from '../run-report.ts'
import { headline, tellScenario } from '../story.ts'

/** What the summary keeps of a scenario. */
export interface KeptScenario {
  readonly name: string
  readonly suite: string
  readonly file: string
  readonly line: number
  readonly status: OutcomeStatus
  readonly isFlaky: boolean
  /** Why it does not count; absent: it does. */
  readonly excuse?: string
  readonly durationMs: number
  /** Why it is not simply passed, in one sentence; empty where it is. */
  readonly headline: string
  /** The whole story; absent where there is none, or where enough are told. */
  readonly story?: readonly string[]
}

/** Stories that are told in full: more than a person reads, and few enough for the file to stay small. */
const MAX_STORIES = 50

/** A function that keeps scenarios, with the stories of the first ones that did not pass. */
export function keepForSummary(): (scenario: ScenarioReport) => KeptScenario {
  let stories = 0
  return (scenario) => {
    const { name, suite, line, outcome, isFlaky, excuse, durationMs, tries } = scenario
    const hasStory = outcome.status === 'failed' || outcome.status === 'errored' || outcome.status === 'inconclusive'
    const isTold = hasStory && !excuse && stories < MAX_STORIES
    if (isTold) stories += 1
    return {
      name,
      suite: suite.name,
      file: suite.file,
      line,
      status: outcome.status,
      isFlaky,
      ...(excuse ? { excuse: excuse.reason } : {}),
      durationMs,
      headline: isFlaky && outcome.status === 'passed' ? headline(tries[0]?.outcome ?? outcome) : headline(outcome),
      ...(isTold ? { story: tellScenario(scenario, plain) } : {}),
    }
  }
}
