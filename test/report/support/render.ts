import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunEvent } from '../../../src/model/event.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { createReporters } from '../../../src/report/create-reporters.ts'
import type { ReportEnvironment, Screen } from '../../../src/report/report-environment.ts'
import type { reporters } from '../../../src/report/reporters.ts'
import { screen } from '../../../src/report/screen/screen.ts'
import { screenOf } from '../../../src/report/screen/screen-of.ts'
import { FakeClock } from '../../support/fake-clock.ts'

/** Calls `use` with a folder that is gone afterwards. */
export async function withFolder<T>(use: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'cxspec-report-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A world for reporters that keeps what is written to the screen. */
export function fakeEnvironment(
  output: string,
  rest: Partial<ReportEnvironment> = {},
): ReportEnvironment & { readonly text: () => string } {
  const written: string[] = []
  const screen = screenOf({ write: (text) => written.push(text) }, {}, 'normal')
  return {
    clock: new FakeClock(),
    screen,
    output,
    pathFromRepository: '',
    rerunCommand: 'cxspec run',
    commands: (text) => written.push(text),
    ...rest,
    text: () => written.join(''),
  }
}

/** The text of a file report of these events. */
export function renderFile(
  name: Exclude<keyof typeof reporters, 'screen' | 'github'>,
  events: readonly RunEvent[],
  options: JsonObject = {},
  rest: Partial<ReportEnvironment> = {},
): Promise<string> {
  return withFolder(async (folder) => {
    const file = join(folder, 'report')
    const reporter = await createReporters([{ name, options: { ...options, file } }], fakeEnvironment(folder, rest))
    for (const event of events) reporter.on(event)
    await reporter.close()
    return readFileSync(file, 'utf8')
  })
}

/** How a screen is looked at, and which files it is to name. */
export interface Look {
  readonly env?: Readonly<Record<string, string>>
  readonly detail?: Screen['detail']
  readonly written?: readonly string[]
}

/** What stands on a screen that is no terminal after these events. */
export async function renderScreen(events: readonly RunEvent[], { env = {}, detail = 'normal', written = [] }: Look = {}): Promise<string> {
  const texts: string[] = []
  const environment = fakeEnvironment('reports', { screen: screenOf({ write: (text) => texts.push(text) }, env, detail) })
  const reporter = await screen({ ...environment, options: {}, file: '', written: () => written })
  for (const event of events) reporter.on(event)
  await reporter.close()
  return texts.join('')
}
