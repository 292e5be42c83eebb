import type { FileRefused } from '../../model/event.ts'
import type { Finding } from '../../model/finding.ts'
import { printable } from '../../model/printable.ts'
import type { Problem } from '../../model/problem.ts'
import type { Reporter } from '../../model/reporter.ts'
import { repositoryPath } from '../path-from-repository.ts'
import type { ReportRequest } from '../reporters.ts'
import { RunCollector } from '../run-collector.ts'
import type { RunReport, ScenarioReport, TeardownReport } from '../run-report.ts'
import { headline } from '../story.ts'
import { type Annotation, annotatedPlace, faultText, findingText, workflowCommand } from './annotation.ts'

type ToPath = (file: string) => string

/**
 * Annotations that GitHub Actions shows beside the line of the YAML that is not met: an error for each unmet expectation, for what kept a
 * scenario from being judged, for each fault of a file and for a teardown that did not work; a warning for what is flaky or inconclusive, a notice for
 * what is excused.
 * They are written to standard output as soon as a scenario has ended. GitHub shows the first ten errors and ten warnings of a step.
 */
export function github({ commands, pathFromRepository }: ReportRequest): Reporter {
  const toPath: ToPath = (file) => repositoryPath(pathFromRepository, file)
  const write = (annotations: readonly Annotation[]): void => {
    for (const annotation of annotations) commands(workflowCommand(annotation))
  }
  const collector = new RunCollector({ keep: (scenario) => write(ofScenario(scenario, toPath)) })
  return {
    on: (event) => {
      collector.on(event)
      if (event.type === 'file-refused') write(ofFile(event, toPath))
    },
    close: async () => {
      const run = collector.report()
      write([...run.teardownsFailed.flatMap((teardown) => ofTeardown(teardown, toPath)), ...ofRun(run)])
    },
  }
}

function ofScenario(scenario: ScenarioReport, toPath: ToPath): Annotation[] {
  const { outcome, suite, line, isFlaky, excuse, tries } = scenario
  const title = titleOf(scenario)
  const here = { file: toPath(suite.file), line }
  if (excuse) return [{ level: 'notice', title, message: printable(`${excuse.reason}; ${headline(outcome)}`), ...here }]
  switch (outcome.status) {
    case 'failed':
    case 'inconclusive':
      return outcome.findings.map((finding) => ofFinding(finding, title, here, toPath))
    case 'errored':
      return [
        ofProblem(outcome.problem, title, here, toPath),
        ...outcome.findings.map((finding) => ofFinding(finding, title, here, toPath)),
      ]
    case 'not-run':
      return outcome.cause === 'interrupted' ? [{ level: 'error', title, message: printable(outcome.reason), ...here }] : []
    case 'passed':
      return isFlaky ? [{ level: 'warning', title, message: flakyText(tries), ...here }] : []
    case 'skipped':
      return []
  }
}

function titleOf({ suite, name }: Pick<ScenarioReport, 'suite' | 'name'>): string {
  return `${suite.name} › ${name}`
}

function flakyText(tries: ScenarioReport['tries']): string {
  const first = tries[0]
  return `flaky: passed on try ${tries.length}${first ? `; try 1: ${headline(first.outcome)}` : ''}`
}

type Here = Pick<Annotation, 'file' | 'line'>

function ofFinding(finding: Finding, title: string, here: Here, toPath: ToPath): Annotation {
  const level = finding.inconclusive ? 'warning' : 'error'
  return { level, title, message: findingText(finding), ...(finding.place ? annotatedPlace(finding.place, toPath) : here) }
}

function ofProblem(problem: Problem, title: string, here: Here, toPath: ToPath): Annotation {
  const message = [printable(problem.message), ...(problem.advice === undefined ? [] : [`→ ${printable(problem.advice)}`])].join('\n')
  return { level: 'error', title, message, ...(problem.place ? annotatedPlace(problem.place, toPath) : here) }
}

function ofTeardown({ suite, scenario, problem, findings }: TeardownReport, toPath: ToPath): Annotation[] {
  const title = `${titleOf({ suite, name: scenario.name })} (teardown)`
  const here = { file: toPath(suite.file), line: scenario.line }
  return [
    ...(problem ? [ofProblem(problem, title, here, toPath)] : []),
    ...findings.map((finding) => ofFinding(finding, title, here, toPath)),
  ]
}

function ofFile({ file, faults }: FileRefused, toPath: ToPath): Annotation[] {
  return faults.map((fault) => ({
    level: 'error',
    title: `${file} cannot be used`,
    message: faultText(fault),
    ...(fault.place ? annotatedPlace(fault.place, toPath) : { file: toPath(file) }),
  }))
}

/** What no line of a file stands for. */
function ofRun({ finished, totals }: RunReport<unknown>): Annotation[] {
  const error = (message: string): Annotation[] => [{ level: 'error', title: 'cxspec', message }]
  if (!finished) return error('the run did not come to its end: its process died')
  if (finished.interruption !== undefined) return error(printable(finished.interruption))
  if (totals.scenarios === 0 && totals.filesRefused === 0 && finished.exitCode !== 0)
    return error('no scenario was selected, so nothing was tested')
  return []
}
