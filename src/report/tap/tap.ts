import type { FileRefused } from '../../model/event.ts'
import { formatFault } from '../../model/format-fault.ts'
import type { Reporter } from '../../model/reporter.ts'
import { plain } from '../colours.ts'
import type { ReportRequest } from '../reporters.ts'
import { RunCollector } from '../run-collector.ts'
import type { RunReport, ScenarioReport, TeardownReport } from '../run-report.ts'
import { headline, tellScenario, tellTeardown } from '../story.ts'
import { writeReport } from '../write-report.ts'
import { type TapPoint, tapPoint } from './tap-point.ts'

/**
 * The run in the Test Anything Protocol, version 14 (https://testanything.org/tap-version-14-specification.html), which readers of
 * version 13 understand as well: one test point for each scenario, file that cannot be used, and teardown that did not work. Skipped,
 * stopped and inconclusive scenarios are points that are skipped, excused ones are points to do. The story of what did not pass is its YAML diagnostic.
 *
 * ```text
 * TAP version 14
 * ok 1 - Main menu > key 1 reaches the sales queue
 * not ok 2 - Main menu > key 2 reaches the support queue
 *   ---
 *   message: expected node_route_support after node_menu_1, got node_route_sales
 *   …
 *   ...
 * 1..2
 * ```
 */
export function tap({ file }: ReportRequest): Reporter {
  const collector = new RunCollector({ keep: (scenario) => tapPoint(scenarioPoint(scenario)) })
  return {
    on: (event) => collector.on(event),
    close: () => writeReport(file, document(collector.report())),
  }
}

function* document(run: RunReport<(number: number) => string>): Generator<string> {
  yield 'TAP version 14\n'
  let count = 0
  const points = [
    ...run.refused.map((refused) => tapPoint(refusedPoint(refused))),
    ...run.suites.flatMap(({ scenarios }) => scenarios),
    ...run.teardownsFailed.map((teardown) => tapPoint(teardownPoint(teardown))),
  ]
  for (const point of points) {
    count += 1
    yield point(count)
  }
  yield bailOut(run) || `1..${count}\n`
}

/** What no point shows, in place of the plan: the run died, or was ended early. */
function bailOut({ finished }: RunReport<unknown>): string {
  if (!finished) return 'Bail out! the run did not come to its end: its process died\n'
  return finished.interruption === undefined ? '' : `Bail out! ${finished.interruption.replace(/\s+/g, ' ')}\n`
}

function scenarioPoint(scenario: ScenarioReport): TapPoint {
  const { outcome, suite, name, line, durationMs, excuse } = scenario
  const point = { description: `${suite.name} > ${name}`, file: suite.file, line, durationMs }
  switch (outcome.status) {
    case 'passed':
      return { ...point, ok: true }
    case 'skipped':
      return { ...point, ok: true, skip: outcome.reason }
    case 'inconclusive':
      return { ...point, ok: true, skip: `inconclusive: ${headline(outcome)}`, story: tellScenario(scenario, plain) }
    case 'not-run':
      return outcome.cause === 'stopped'
        ? { ...point, ok: true, skip: `not run: ${outcome.reason}` }
        : { ...point, ok: false, status: outcome.status, message: headline(outcome) }
    case 'failed':
    case 'errored':
      return {
        ...point,
        ok: false,
        ...(excuse ? { todo: excuse.reason } : {}),
        status: outcome.status,
        message: headline(outcome),
        story: tellScenario(scenario, plain),
      }
  }
}

function refusedPoint({ file, faults }: FileRefused): TapPoint {
  const message = faults[0]?.message ?? 'the file cannot be used'
  return { ok: false, description: `${file} can be used`, file, status: 'errored', message, story: faults.map(formatFault) }
}

function teardownPoint(teardown: TeardownReport): TapPoint {
  const { suite, scenario, problem, findings } = teardown
  return {
    ok: false,
    description: `${suite.name} > ${scenario.name} (teardown)`,
    file: suite.file,
    line: scenario.line,
    status: 'errored',
    message: headline(problem ? { status: 'errored', problem, findings } : { status: 'failed', findings }),
    story: tellTeardown(teardown, plain),
  }
}
