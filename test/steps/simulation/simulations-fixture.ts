import { simulationExpectations } from '../../../src/assertions/simulation-expectations.ts'
import { createEmulator, type Emulator } from '../../../src/emulator/emulator.ts'
import type { FaultPlan } from '../../../src/emulator/faults/fault-plan.ts'
import type { EmulatorOptions } from '../../../src/emulator/options.ts'
import type { RunEvent } from '../../../src/model/event.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Outcome } from '../../../src/model/outcome.ts'
import { run } from '../../../src/runner/run.ts'
import { bindStep } from '../../../src/scenario/bind-step.ts'
import { performer } from '../../../src/steps/perform-step.ts'
import { simulate } from '../../../src/steps/simulate.ts'
import type { SimulationSettings } from '../../../src/steps/step-settings.ts'
import { emulatorClient } from '../../support/emulator-client.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { memoryReceiver } from '../../support/memory-receiver.ts'
import { suiteOf } from '../../support/perform-scenarios.ts'
import { simulationInput } from '../../support/simulation-input.ts'
import { stepSettings } from '../../support/step-settings.ts'

export interface Simulations {
  /** How many scenarios there are. @default 1 */
  readonly count?: number
  readonly input?: JsonObject
  readonly expect?: JsonObject
  readonly dialer?: EmulatorOptions['dialer']
  readonly faults?: Partial<FaultPlan>
  readonly settings?: Partial<SimulationSettings>
  /** Places for active simulations. @default 5 */
  readonly active?: number
  /** Interrupts the run at this time. */
  readonly interruptAtMs?: number
  readonly latenciesMs?: EmulatorOptions['latenciesMs']
}

export interface SimulationsRun {
  readonly events: readonly RunEvent[]
  readonly outcomes: readonly Outcome[]
  readonly emulator: Emulator
  /** What the first step saw. */
  readonly observation: JsonObject | undefined
  readonly clock: FakeClock
}

/** With everything loaded ahead: loading takes real time, and a clock that jumps would not wait for it. */
const kinds = new Map([[simulate.key, performer({ ...simulate, expectations: simulationExpectations })]])

/** Runs scenarios that simulate, through runner and client, against an emulator on a fake clock, which delivers call events in memory. */
export async function simulations(options: Simulations = {}): Promise<SimulationsRun> {
  const { count = 1, input = {}, expect = { state: 'completed' }, settings, active = 5, interruptAtMs } = options
  const clock = new FakeClock({ auto: true })
  const { receiver, deliver } = memoryReceiver()
  const { dialer = {}, latenciesMs = {} } = options
  const faults = { faults: [], ...options.faults }
  const emulator = createEmulator({ flows: new Map(), clock, dialer, deliver, faults, latenciesMs })
  const scenario = { simulate: simulationInput({ maxCalls: 50, ...input }), expect }
  const scenarios = Array.from({ length: count }, (_, index) => ({ name: `simulation ${index + 1}`, ...scenario }))
  const suite = suiteOf(JSON.stringify({ scenarios }))
  const events: RunEvent[] = []
  const controller = new AbortController()
  if (interruptAtMs !== undefined) void clock.sleep(interruptAtMs).then(() => controller.abort(new Error('interrupted')))
  await run(
    [{ file: suite.file, suite }],
    {
      kinds,
      client: emulatorClient(emulator, clock),
      clock,
      random: () => 0.5,
      emit: (event) => events.push(event),
      signal: controller.signal,
      bind: bindStep,
      locate: () => undefined,
      receiver,
    },
    {
      runId: '00000000-0000-4000-8000-000000000000',
      seed: 1,
      version: '0.0.0',
      hostname: 'test',
      target: { name: 'emulator', baseUrl: 'http://emulator.internal' },
      limits: { requestsAtOnce: 8, jobsOpen: 200, jobsOpenOfKind: { simulate: active } },
      timeouts: { stepMs: 120_000, stepOfKindMs: { simulate: 300_000 }, scenarioMs: 600_000, runMs: 0 },
      steps: { ...stepSettings, simulations: { ...stepSettings.simulations, ...settings } },
    },
  )
  emulator.close()
  const outcomes = only(events, 'scenario-finished').map(({ outcome }) => outcome)
  return { events, outcomes, emulator, clock, observation: only(events, 'step-finished')[0]?.observation }
}

/** The events of one type, in order. */
export function only<Type extends RunEvent['type']>(events: readonly RunEvent[], type: Type): Extract<RunEvent, { type: Type }>[] {
  return events.filter((event): event is Extract<RunEvent, { type: Type }> => event.type === type)
}
