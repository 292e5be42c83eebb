import type { Reporter } from '../../model/reporter.ts'
import type { ReportRequest } from '../reporters.ts'
import { RunCollector } from '../run-collector.ts'
import type { RunReport } from '../run-report.ts'
import { writeReport } from '../write-report.ts'
import { scenarioJson, teardownJson } from './scenario-json.ts'

/** Raised when a reader of older reports would misunderstand newer ones. */
const FORMAT_VERSION = 1

/**
 * Everything about a run for other programs, as `schemas/results.schema.json` describes it: outcomes, tries, steps, what was
 * observed (bounded), every request with its attempts, waits and correlation id. One line for each scenario.
 */
export function json({ file }: ReportRequest): Reporter {
  const collector = new RunCollector({ keep: scenarioJson })
  return {
    on: (event) => collector.on(event),
    close: () => writeReport(file, resultsJson(collector.report())),
  }
}

function* resultsJson(run: RunReport<string>): Generator<string> {
  yield `{\n${heading(run)}`
  yield* list('refusedFiles', run.refused, ({ file, faults }) => JSON.stringify({ file, faults }))
  yield* list('teardownsFailed', run.teardownsFailed, teardownJson)
  yield ',\n"suites": ['
  for (const [index, { scenarios, ...suite }] of run.suites.entries()) {
    yield `${index > 0 ? ',' : ''}\n${JSON.stringify(suite).slice(0, -1)},"scenarios":[\n${scenarios.join(',\n')}\n]}`
  }
  yield '\n]\n}\n'
}

function heading(run: RunReport<string>): string {
  const entries = Object.entries({ formatVersion: FORMAT_VERSION, ...runOf(run), totals: run.totals })
  return entries.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(',\n')
}

function runOf({ started, finished, durationMs }: RunReport<string>): object {
  return {
    tool: { name: 'cxspec', version: started?.version },
    run: {
      id: started?.runId,
      startedAt: started?.startedAt,
      hostname: started?.hostname,
      seed: started?.seed,
      shuffled: started?.shuffled,
      shard: started?.shard,
      durationMs,
      complete: finished !== undefined,
      exitCode: finished?.exitCode,
      interruption: finished?.interruption,
      nothingSelected: finished?.nothingSelected,
    },
    ...(started ? { target: { name: started.target.name, baseUrl: started.target.baseUrl } } : {}),
  }
}

function* list<Item>(name: string, items: readonly Item[], toJson: (item: Item) => string): Generator<string> {
  const lines = items.map((item) => `\n${toJson(item)}`)
  yield `,\n"${name}": [${lines.join(',')}${lines.length > 0 ? '\n' : ''}]`
}
