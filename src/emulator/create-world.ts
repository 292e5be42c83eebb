import { diagnose } from '../flow/diagnose.ts'
import type { Diagnosis } from '../flow/diagnostic.ts'
import type { Library } from '../flow/library.ts'
import { Executions } from './actions/executions.ts'
import { Agents } from './agents/agents.ts'
import { CompileJobs } from './compile-jobs.ts'
import { addForeignSimulations } from './dialer/foreign-simulations.ts'
import { Simulations } from './dialer/simulations.ts'
import { FaultInjector } from './faults/fault-injector.ts'
import { Recorder } from './history.ts'
import { TokenStore } from './oauth/token-store.ts'
import type { EmulatorSettings } from './options.ts'
import { Outbox } from './webhooks/outbox.ts'
import type { World } from './world.ts'

/** A tenant at its beginning; `closing` ends what it does by itself. */
export function createWorld(settings: EmulatorSettings, closing: AbortSignal): World {
  const { clock } = settings
  const recorder = new Recorder(settings.historyLimit)
  const faults = new FaultInjector(settings.faults)
  const outbox = new Outbox({
    clock,
    deliver: settings.deliver,
    settings: settings.webhooks,
    faults: () => faults.plan,
    record: (delivery) => recorder.add('deliveries', delivery),
    closing,
  })
  const simulations = new Simulations(settings, outbox, closing)
  recorder.beforeReading(() => simulations.advance())
  addForeignSimulations(simulations, recorder, settings)
  return {
    settings,
    tokens: new TokenStore(clock, settings.newId),
    compilations: new CompileJobs(clock, settings.compile),
    simulations,
    executions: new Executions(settings, outbox, closing),
    agents: new Agents(settings.agents, clock, (change) => recorder.add('changes', change)),
    recorder,
    faults,
    diagnosisOf: createDiagnoses(settings.flows),
  }
}

function createDiagnoses(flows: Library): World['diagnosisOf'] {
  const known = new Map<string, Diagnosis>()
  return (flowId) => {
    const flow = flows.get(flowId)
    const diagnosis = known.get(flowId) ?? (flow ? diagnose(flow, flows) : { errors: [], warnings: [] })
    known.set(flowId, diagnosis)
    return diagnosis
  }
}
