import { stringify } from 'yaml'
import { nearest } from '../../model/nearest.ts'
import type { Reporter } from '../../model/reporter.ts'
import type { ReportRequest } from '../reporters.ts'
import { RunCollector } from '../run-collector.ts'
import type { ScenarioReport } from '../run-report.ts'
import { writeReport } from '../write-report.ts'
import { debugDocuments } from './debug-document.ts'

/**
 * Every virtual call in detail, in YAML, for who works on the flow: one document for each debug step (of the last try), in the order of
 * the scenario files. Option `scenario`: only the scenario of that name or id; then closing rejects where there is none.
 */
export function debugReport({ options, file, clock }: ReportRequest): Reporter {
  const chosen = typeof options['scenario'] === 'string' ? options['scenario'] : undefined
  const generatedAt = clock.date().toISOString()
  const isChosen = ({ id, name }: ScenarioReport): boolean => chosen === undefined || id === chosen || name === chosen
  const names = new Set<string>()
  const collector = new RunCollector({
    keep: (scenario) => {
      if (chosen !== undefined) names.add(scenario.name).add(scenario.id)
      return isChosen(scenario)
        ? debugDocuments(scenario, generatedAt).map((document) => stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }))
        : []
    },
  })
  return {
    on: (event) => collector.on(event),
    close: async () => {
      const documents = collector.report().suites.flatMap(({ scenarios }) => scenarios.flat())
      if (chosen !== undefined && !names.has(chosen)) throw new Error(unknownScenario(chosen, names))
      await writeReport(file, pieces(documents))
    },
  }
}

function* pieces(documents: readonly string[]): Generator<string> {
  if (documents.length === 0) yield '# no scenario with a debug step was run\n'
  for (const document of documents) yield `---\n${document}`
}

function unknownScenario(chosen: string, names: ReadonlySet<string>): string {
  const meant = nearest(chosen, [...names])
  return `no scenario of this run is named "${chosen}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`
}
