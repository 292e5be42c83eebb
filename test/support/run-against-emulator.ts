import { DEFAULT_API_LIMITS } from '../../src/config/defaults.ts'
import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts'
import type { EmulatorOptions } from '../../src/emulator/options.ts'
import { createLibrary } from '../../src/flow/library.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import { run } from '../../src/runner/run.ts'
import { bindStep } from '../../src/scenario/bind-step.ts'
import { stepKinds } from '../../src/steps/kinds.ts'
import { emulatorClient } from './emulator-client.ts'
import { FakeClock } from './fake-clock.ts'
import { memoryReceiver } from './memory-receiver.ts'
import { suiteOf } from './perform-scenarios.ts'
import { stepSettings } from './step-settings.ts'

export interface RanAgainstEmulator {
  readonly emulator: Emulator
  readonly events: readonly RunEvent[]
  /** By the names of the scenarios. */
  readonly outcomes: ReadonlyMap<string, Outcome>
  /** The first of them. */
  readonly outcome: Outcome | undefined
  /** On the fake clock. */
  readonly durationMs: number
}

/** Runs a scenario file through runner and client, under the usual limits, against an emulator in memory on a clock that jumps. */
export async function runAgainstEmulator(text: string, options: Partial<EmulatorOptions> = {}): Promise<RanAgainstEmulator> {
  const clock = new FakeClock({ auto: true })
  const { receiver, deliver } = memoryReceiver()
  const emulator = createEmulator({ flows: createLibrary([]), clock, deliver, ...options })
  const suite = suiteOf(text)
  const events: RunEvent[] = []
  await run(
    [{ file: suite.file, suite }],
    {
      kinds: stepKinds,
      client: emulatorClient(emulator, clock, DEFAULT_API_LIMITS.local),
      clock,
      receiver,
      random: () => 0.5,
      emit: (event) => events.push(event),
      signal: new AbortController().signal,
      bind: bindStep,
      locate: () => undefined,
    },
    {
      runId: '00000000-0000-4000-8000-000000000000',
      seed: 1,
      version: '0.0.0',
      hostname: 'test',
      target: { name: 'emulator', baseUrl: 'http://emulator.internal' },
      limits: { requestsAtOnce: 8, jobsOpen: 200 },
      timeouts: { stepMs: 120_000, scenarioMs: 300_000, runMs: 0 },
      steps: stepSettings,
    },
  )
  const nameOf = new Map(suite.scenarios.map(({ id, name }) => [id, name]))
  const finished = events.filter((event) => event.type === 'scenario-finished')
  const outcomes = new Map(finished.map(({ scenario, outcome }) => [nameOf.get(scenario) ?? scenario, outcome]))
  return { emulator, events, outcomes, outcome: finished[0]?.outcome, durationMs: finished[0]?.durationMs ?? 0 }
}
