import type { JsonObject } from '../model/json.ts'
import type { Reporter } from '../model/reporter.ts'
import type { ReportEnvironment } from './report-environment.ts'

/** What one report is made with: its checked options, and the world. */
export interface ReportRequest extends ReportEnvironment {
  readonly options: JsonObject
  /** Where the report goes; empty for a reporter without a file. */
  readonly file: string
  /** The files that were written before this reporter was closed, for the screen to name. */
  readonly written: () => readonly string[]
}

/** A format: the options that it takes beside `file`, its usual file, and how to load its code. */
export interface ReportFormat {
  /** Name of the file in the output folder; absent: the report is no file. */
  readonly file?: string
  /** Other options, all of them text. */
  readonly options?: readonly string[]
  /** Imports the format's code, so that a run pays only for the reports that it makes. */
  readonly load: () => Promise<(request: ReportRequest) => Reporter | Promise<Reporter>>
}

/** Every format by the name that the configuration and `--reporter` use. A new one is a file and a line here. */
export const reporters: Readonly<Record<string, ReportFormat>> = {
  screen: { load: async () => (await import('./screen/screen.ts')).screen },
  junit: { file: 'junit.xml', options: ['name', 'dialect'], load: async () => (await import('./junit/junit.ts')).junit },
  json: { file: 'results.json', load: async () => (await import('./json/json.ts')).json },
  markdown: { file: 'summary.md', load: async () => (await import('./markdown/markdown.ts')).markdown },
  github: { load: async () => (await import('./github/github.ts')).github },
  tap: { file: 'results.tap', load: async () => (await import('./tap/tap.ts')).tap },
  'debug-report': {
    file: 'debug-report.yaml',
    options: ['scenario'],
    load: async () => (await import('./debug-report/debug-report.ts')).debugReport,
  },
}
