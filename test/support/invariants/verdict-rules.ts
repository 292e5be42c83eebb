import type { HistoryJob } from '../../../src/emulator/history.ts'
import type { RunEvent } from '../../../src/model/event.ts'
import type { OutcomeStatus } from '../../../src/model/outcome.ts'
import { elementsOf, parseXml, type XmlElement } from '../../report/support/parse-xml.ts'
import { type Invariant, intentsOf, jobsByCorrelation, type RunTraces } from './run-traces.ts'

type ScenarioFinished = Extract<RunEvent, { type: 'scenario-finished' }>

/** How a test case of JUnit ends. */
type Verdict = 'passed' | 'failed' | 'errored' | 'skipped'

const VERDICT_OF: Readonly<Record<OutcomeStatus, Verdict>> = {
  passed: 'passed',
  failed: 'failed',
  errored: 'errored',
  'not-run': 'errored',
  skipped: 'skipped',
  inconclusive: 'skipped',
}

const GOOD_ENDS: readonly string[] = ['COMPLETED', 'completed']
const BAD_ENDS: readonly string[] = ['FAILED', 'failed']

/** JUnit says what the journal says, and where a scenario was judged, both say what the history of the emulator shows. */
export const junitIsTrue: Invariant = (traces) => {
  const told = junitVerdicts(traces.junit)
  const names = new Map(plannedOf(traces).map(({ id, name, file }) => [id, `${file}#${name}`]))
  const jobs = jobsByCorrelation(traces)
  const verdictOf = traces.verdictOf ?? ((_scenario, own) => verdictOfJobs(own))
  return finishedOf(traces).flatMap(({ scenario, outcome, tries }) => {
    const said = told.get(names.get(scenario) ?? '')
    if (said !== VERDICT_OF[outcome.status]) return [`"${scenario}" is ${outcome.status} in the journal, and ${said ?? 'missing'} in JUnit`]
    const intents = intentsOf(traces).filter((intent) => intent.scenario === scenario && intent.try === tries)
    const shown = verdictOf(
      scenario,
      intents.flatMap(({ correlationId }) => jobs.get(correlationId) ?? []),
    )
    const isJudged = outcome.status === 'passed' || outcome.status === 'failed'
    return isJudged && shown !== undefined && shown !== said ? [`"${scenario}" is ${said}, and the history shows that it ${shown}`] : []
  })
}

/** Exit code 0 means that every selected scenario passed; what the author left out, or what lacks evidence, apart. */
export const zeroIsGreen: Invariant = (traces) => {
  if (traces.exitCode !== 0) return []
  const green = new Set(finishedOf(traces).flatMap(({ scenario, outcome }) => (isGreen(outcome.status) ? [scenario] : [])))
  return plannedOf(traces).flatMap(({ id }) => (green.has(id) ? [] : [`"${id}" did not pass`]))
}

function isGreen(status: OutcomeStatus): boolean {
  return status === 'passed' || status === 'skipped' || status === 'inconclusive'
}

function finishedOf({ events }: RunTraces): ScenarioFinished[] {
  return events.filter((event): event is ScenarioFinished => event.type === 'scenario-finished')
}

function plannedOf({ events }: RunTraces) {
  return events.flatMap((event) =>
    event.type === 'suite-planned' ? event.scenarios.map(({ id, name }) => ({ id, name, file: event.file })) : [],
  )
}

/** Of a scenario that expects its jobs to end well; `undefined` where they say nothing: there are none, or they ended differently. */
function verdictOfJobs(jobs: readonly HistoryJob[]): 'passed' | 'failed' | undefined {
  const ends = jobs.map(({ statuses }) => statuses.at(-1)?.status ?? '')
  if (ends.length === 0) return undefined
  if (ends.every((end) => GOOD_ENDS.includes(end))) return 'passed'
  return ends.every((end) => BAD_ENDS.includes(end)) ? 'failed' : undefined
}

function junitVerdicts(junit: string): ReadonlyMap<string, Verdict> {
  const cases = elementsOf(parseXml(junit), 'testcase')
  return new Map(cases.map((one) => [`${one.attributes['file']}#${one.attributes['name']}`, verdictOfCase(one)]))
}

function verdictOfCase({ children }: XmlElement): Verdict {
  const names = children.map(({ name }) => name)
  if (names.includes('failure')) return 'failed'
  if (names.includes('error')) return 'errored'
  return names.includes('skipped') ? 'skipped' : 'passed'
}
