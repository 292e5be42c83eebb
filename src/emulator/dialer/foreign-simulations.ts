import type { OpenJob, Recorder } from '../history.ts'
import type { EmulatorSettings } from '../options.ts'
import type { Simulations } from './simulations.ts'

/** Starts the simulations of somebody else that the settings ask for. They count towards the limit, and are found without a tag only. */
export function addForeignSimulations(simulations: Simulations, recorder: Recorder, { clock, dialer, newId }: EmulatorSettings): void {
  for (let count = 0; count < dialer.foreign.count; count += 1) {
    const record: OpenJob = {
      id: newId(),
      kind: 'simulation',
      subject: 'somebody else',
      request: 0,
      startedAtMs: clock.now(),
      startedAt: clock.date().toISOString(),
      statuses: [],
    }
    recorder.add('jobs', record)
    simulations.addForeign(record, dialer.foreign.forMs)
  }
}
