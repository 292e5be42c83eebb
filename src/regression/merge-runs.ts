import type { FileRefused, RunEvent, RunFinished, RunStarted, SuitePlanned } from '../model/event.ts'
import { FaultError } from '../model/fault.ts'
import { mergeFaults } from './merge-faults.ts'
import { type JournalSource, type Outline, outlineOf } from './outline.ts'

/**
 * The events of one run that went on in several places: one start, one plan of each file, everything that happened with its time since the
 * earliest start, and one end. Each journal is read twice, so that memory holds only the plans. A journal without an end leaves the whole
 * without one: reports show what has no end as an error. Rejects with a `FaultError` for journals that do not belong together: of different
 * targets or versions, of shards that were dealt differently, of the same scenario twice; and for a shard that is missing.
 * `worstExitCode` is the exit code that stands for several.
 */
export async function* mergeRuns(
  sources: readonly JournalSource[],
  worstExitCode: (codes: readonly number[]) => number,
): AsyncGenerator<RunEvent> {
  const outlines: Outline[] = []
  for (const source of sources) outlines.push(await outlineOf(source))
  outlines.sort(byShard)
  const faults = mergeFaults(outlines)
  if (faults.length > 0) throw new FaultError(faults)
  const startMs = Math.min(...outlines.map(({ started }) => Date.parse(started.startedAt)))
  yield mergedStart(outlines, startMs)
  yield* mergedRefusals(outlines)
  yield* mergedPlans(outlines)
  let lastAtMs = 0
  for (const { source, started } of outlines) {
    const offsetMs = Date.parse(started.startedAt) - startMs
    for await (const event of source.events()) {
      lastAtMs = Math.max(lastAtMs, event.atMs + offsetMs)
      if (!OUTLINE.has(event.type)) yield { ...event, atMs: event.atMs + offsetMs }
    }
  }
  const end = mergedEnd(outlines, lastAtMs, worstExitCode)
  if (end) yield end
}

const OUTLINE: ReadonlySet<RunEvent['type']> = new Set(['run-started', 'suite-planned', 'file-refused', 'run-finished'])

/** Whatever order the journals were named in, the result is the same. */
function byShard(one: Outline, other: Outline): number {
  const keyOf = ({ started: { shard, startedAt, runId } }: Outline): string =>
    `${String(shard?.index ?? 0).padStart(4, '0')} ${startedAt} ${runId}`
  return keyOf(one) < keyOf(other) ? -1 : 1
}

function mergedStart(outlines: readonly Outline[], startMs: number): RunStarted {
  const [first] = outlines
  if (!first) throw new RangeError('there is nothing to merge')
  const { shard: _, ...started } = first.started
  const hosts = [...new Set(outlines.map(({ started: { hostname } }) => hostname))]
  return { ...started, atMs: 0, startedAt: new Date(startMs).toISOString(), hostname: hosts.join(', ') }
}

/** A file that cannot be read is refused on every machine, and told once. */
function mergedRefusals(outlines: readonly Outline[]): FileRefused[] {
  const byFile = new Map(outlines.flatMap(({ refused }) => refused).map((event) => [event.file, event]))
  return [...byFile.values()]
}

/** One plan for each file, its scenarios in the order of their lines. */
function mergedPlans(outlines: readonly Outline[]): SuitePlanned[] {
  const byFile = new Map<string, SuitePlanned>()
  for (const plan of outlines.flatMap(({ plans }) => plans)) {
    const known = byFile.get(plan.file)
    byFile.set(plan.file, known ? { ...known, scenarios: [...known.scenarios, ...plan.scenarios] } : plan)
  }
  return [...byFile.values()].map((plan) => ({ ...plan, scenarios: plan.scenarios.toSorted((one, other) => one.line - other.line) }))
}

function mergedEnd(
  outlines: readonly Outline[],
  atMs: number,
  worstExitCode: (codes: readonly number[]) => number,
): RunFinished | undefined {
  const ends = outlines.flatMap(({ finished }) => finished ?? [])
  if (ends.length < outlines.length) return undefined
  const ran = ends.filter(({ exitCode }) => exitCode !== 4)
  const codes = (ran.length > 0 ? ran : ends).map(({ exitCode }) => exitCode)
  const interruptions = outlines.flatMap(({ source, finished }) =>
    finished?.interruption === undefined ? [] : [`${source.name}: ${finished.interruption}`],
  )
  return {
    type: 'run-finished',
    atMs,
    exitCode: worstExitCode(codes),
    ...(interruptions.length > 0 ? { interruption: interruptions.join('; ') } : {}),
  }
}
