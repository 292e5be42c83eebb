import { appendFile } from 'node:fs/promises'
import type { Reporter } from '../../model/reporter.ts'
import type { ReportRequest } from '../reporters.ts'
import { RunCollector } from '../run-collector.ts'
import { writeReport } from '../write-report.ts'
import { keepForSummary } from './kept-scenario.ts'
import { markdownSummary } from './markdown-summary.ts'

/**
 * A summary in Markdown for a pull request, a wiki or a chat: the verdict, the counts, the story of what did not pass, what is flaky, the
 * slowest scenarios, and a table of the files. Where the CI system names a file for summaries (`GITHUB_STEP_SUMMARY`), it is appended
 * there too. It stays below the 1 MiB that GitHub takes, however much went wrong.
 */
export function markdown({ file, stepSummary, rerunCommand }: ReportRequest): Reporter {
  const collector = new RunCollector({ keep: keepForSummary() })
  return {
    on: (event) => collector.on(event),
    close: async () => {
      const text = markdownSummary(collector.report(), rerunCommand)
      await writeReport(file, [text])
      if (stepSummary !== undefined) await appendFile(stepSummary, `${text}\n`)
    },
  }
}
