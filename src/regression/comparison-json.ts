import type { RunComparison, ScenarioChange, SlowerScenario } from './compare-runs.ts'
import type { RunRecord, ScenarioRecord } from './run-record.ts'

/** A comparison for other programs: all lists, each scenario by its id, place and outcome. */
export function comparisonJson(comparison: RunComparison): string {
  const { before, after, newlyFailing, fixed, stillFailing, notJudged, newlySlow, tooFewDurations, changedPath, appeared, gone } =
    comparison
  const document = {
    before: before.map(runOf),
    after: after.map(runOf),
    newlyFailing: newlyFailing.map(changeOf),
    newlySlow: newlySlow.map(slowerOf),
    changedPath: changedPath.map(({ scenario, before: earlier, after: later, differsAt }) => ({
      ...scenarioOf(scenario),
      differsAt,
      before: earlier,
      after: later,
    })),
    notJudged: notJudged.map(changeOf),
    stillFailing: stillFailing.map(changeOf),
    fixed: fixed.map(changeOf),
    appeared: appeared.map(scenarioOf),
    gone: gone.map(scenarioOf),
    tooFewDurations,
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function runOf({ source, started, isComplete, exitCode, scenarios }: RunRecord): object {
  const { runId, startedAt, target, version } = started
  return { journal: source, runId, startedAt, target: target.name, version, complete: isComplete, exitCode, scenarios: scenarios.size }
}

function scenarioOf({ id, name, suite, file, line, status, isFlaky, durationMs, headline }: ScenarioRecord): object {
  return { id, name, suite, file, line, status, flaky: isFlaky, durationMs, headline }
}

function changeOf({ before, after }: ScenarioChange): object {
  return { ...scenarioOf(after), before: before && { status: before.status, durationMs: before.durationMs, headline: before.headline } }
}

function slowerOf({ scenario, ...figures }: SlowerScenario): object {
  return { ...scenarioOf(scenario), ...figures }
}
