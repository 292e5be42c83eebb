import type { RunEvent } from '../model/event.ts'
import type { Reporter } from '../model/reporter.ts'
import type { ReportEnvironment } from './report-environment.ts'
import { checkReporters, type ReporterChoice } from './reporter-options.ts'

/** One reporter of several, and what became of it. */
interface Member {
  readonly name: string
  readonly file: string
  readonly reporter: Reporter
  error?: unknown
}

/**
 * One reporter that passes each event to all chosen ones. What one of them throws spoils neither the run nor the others;
 * that one gets no further event and its report is not written, since it would be wrong. `close` finishes the files first and
 * the screen last, and rejects with an `AggregateError` (its message names each report and what kept it from being written)
 * once everything else is done. Rejects with a `FaultError` for an unknown name or option, before anything runs.
 */
export async function createReporters(choices: readonly ReporterChoice[], environment: ReportEnvironment): Promise<Reporter> {
  const checked = checkReporters(choices, environment.output)
  const members: Member[] = []
  const written = (): string[] => members.filter((member) => member.file !== '' && !('error' in member)).map((member) => member.file)
  for (const { name, format, options, file } of checked) {
    const create = await format.load()
    members.push({ name, file, reporter: await create({ ...environment, options, file, written }) })
  }
  return { on: (event) => passOn(members, event), close: () => closeAll(members) }
}

function passOn(members: readonly Member[], event: RunEvent): void {
  for (const member of members) {
    if ('error' in member) continue
    try {
      member.reporter.on(event)
    } catch (error) {
      member.error = error
    }
  }
}

async function closeAll(members: readonly Member[]): Promise<void> {
  await Promise.all(members.filter((member) => member.file !== '').map(close))
  for (const member of members.filter((other) => other.file === '')) await close(member)
  const broken = members.filter((member) => 'error' in member)
  if (broken.length > 0)
    throw new AggregateError(
      broken.map((member) => member.error),
      broken.map(complaint).join('\n'),
    )
}

async function close(member: Member): Promise<void> {
  if ('error' in member) return
  try {
    await member.reporter.close()
  } catch (error) {
    member.error = error
  }
}

function complaint({ name, error }: Member): string {
  return `the ${name} report was not written: ${error instanceof Error ? error.message : String(error)}`
}
