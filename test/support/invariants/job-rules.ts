import { LeftJobs } from '../../../src/sweep/left-jobs.ts'
import { groupBy, type Invariant, intentsOf, jobsByCorrelation, ownJobs } from './run-traces.ts'

/** No more simulations of ours are active than may be: looked at whenever one starts. */
export const fewActive: Invariant = (traces) => {
  const simulations = ownJobs(traces).filter(({ kind }) => kind === 'simulation')
  const most = traces.mostActive ?? 5
  return simulations.flatMap(({ startedAtMs: atMs }) => {
    const active = simulations.filter((other) => other.startedAtMs <= atMs && (other.endedAtMs ?? Number.POSITIVE_INFINITY) > atMs)
    return active.length > most ? [`${active.length} were active at ${atMs} ms`] : []
  })
}

/** A step of a try starts one job at most, however often it had to ask. */
export const oneJobForAnIntent: Invariant = (traces) => {
  const jobs = jobsByCorrelation(traces)
  const steps = groupBy(intentsOf(traces), ({ scenario, try: attempt, step }) => `"${scenario}", step ${step} of try ${attempt}`)
  return [...steps].flatMap(([step, intents]) => {
    const started = [...new Set(intents.map(({ correlationId }) => correlationId))].flatMap((id) => jobs.get(id) ?? [])
    return started.length > 1 ? [`${step} started ${started.map(({ id }) => id).join(' and ')}`] : []
  })
}

/** Both clocks are of the same machine, and their times are cut to milliseconds in different ways. */
const TOLERANCE_MS = 25

/** Every job has an intent line, and that was written before it was started. */
export const intentComesFirst: Invariant = (traces) => {
  const startedAtMs = startOf(traces)
  const intents = new Map(intentsOf(traces).map(({ correlationId, atMs }) => [correlationId, startedAtMs + atMs]))
  return ownJobs(traces).flatMap(({ id, correlationId, startedAt }) => {
    const intendedAtMs = intents.get(correlationId ?? '')
    if (intendedAtMs === undefined) return [`nobody intended job ${id}`]
    return intendedAtMs > Date.parse(startedAt) + TOLERANCE_MS ? [`job ${id} was started before its intent was written`] : []
  })
}

function startOf({ events }: Parameters<Invariant>[0]): number {
  const [started] = events
  return started?.type === 'run-started' ? Date.parse(started.startedAt) : Number.NaN
}

/** After a clean end no job of ours is active, unless the journal tells it as left. */
export const nothingIsActive: Invariant = (traces) => {
  if (traces.events.at(-1)?.type !== 'run-finished') return []
  const left = new LeftJobs()
  for (const event of traces.events) left.on(event)
  const told = new Set(left.list().flatMap(({ id, tag, correlationId }) => [id, tag, correlationId]))
  told.delete(undefined)
  return ownJobs(traces)
    .filter(({ endedAtMs }) => endedAtMs === undefined)
    .filter(({ id, tag, correlationId }) => ![id, tag, correlationId].some((mark) => told.has(mark)))
    .map(({ id, kind }) => `${kind} ${id} is active, and nobody says so`)
}
