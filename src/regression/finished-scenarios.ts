import type { RunEvent, RunStarted } from '../model/event.ts'

/** What a run that did not come to its end had done. */
export interface UnfinishedRun {
  readonly started: RunStarted
  /** The ids of all scenarios that it had planned. */
  readonly planned: ReadonlySet<string>
  /** Everything that was told of each scenario that it had finished, in order. */
  readonly finished: ReadonlyMap<string, readonly RunEvent[]>
  /** The flows that it had met. */
  readonly flows: readonly RunEvent[]
}

/**
 * Gathers it from the events of a journal. A scenario that was cut off, or not run, is not finished, and neither is what was told of it kept.
 * `undefined` where the events do not tell the start of a run.
 */
export async function unfinishedRun(events: AsyncIterable<RunEvent>): Promise<UnfinishedRun | undefined> {
  let started: RunStarted | undefined
  const planned = new Set<string>()
  const flows: RunEvent[] = []
  const open = new Map<string, RunEvent[]>()
  const finished = new Map<string, readonly RunEvent[]>()
  for await (const event of events) {
    if (event.type === 'run-started') started = event
    if (event.type === 'flow-seen') flows.push(event)
    if (event.type === 'suite-planned') for (const { id } of event.scenarios) planned.add(id)
    if (!('scenario' in event) || event.scenario === undefined) continue
    const own = open.get(event.scenario) ?? []
    own.push(event)
    open.set(event.scenario, own)
    if (event.type !== 'scenario-finished') continue
    open.delete(event.scenario)
    if (event.outcome.status !== 'not-run') finished.set(event.scenario, own)
  }
  return started && { started, planned, finished, flows }
}
