import { diagnose } from '../flow/diagnose.ts'
import type { Diagnosis } from '../flow/diagnostic.ts'
import type { Library } from '../flow/library.ts'
import { CompileJobs } from './compile-jobs.ts'
import type { EmulatorAnswer, EmulatorRequest } from './exchange.ts'
import { FaultInjector } from './faults/fault-injector.ts'
import type { FaultPlan } from './faults/fault-plan.ts'
import { type History, Recorder } from './history.ts'
import { TokenStore } from './oauth/token-store.ts'
import { OPERATIONS } from './operations.ts'
import { type EmulatorOptions, type EmulatorSettings, resolveOptions } from './options.ts'
import { createPipeline } from './pipeline.ts'
import type { World } from './world.ts'

/** The CXone API over a library of flows, without a network: `inMemory` and `serve` put it within a client's reach. */
export interface Emulator {
  readonly settings: EmulatorSettings
  /** What was asked and answered so far. */
  readonly history: History
  /** Answers one request, whatever it is. Rejects only with the reason of the request's signal. */
  readonly handle: (request: EmulatorRequest) => Promise<EmulatorAnswer>
  /** Replaces the fault plan; counting begins anew. */
  readonly setFaults: (plan: FaultPlan) => void
  /** From now on, no token that was issued so far is good. */
  readonly revokeTokens: () => void
}

/** Makes an emulator with a tenant of its own: tokens, jobs, limits and history are shared by all its requests and by nothing else. */
export function createEmulator(options: EmulatorOptions): Emulator {
  const settings = resolveOptions(options)
  const world: World = {
    settings,
    tokens: new TokenStore(settings.clock, settings.newId),
    jobs: new CompileJobs(settings.clock, settings.compile),
    recorder: new Recorder(settings.historyLimit),
    faults: new FaultInjector(settings.faults),
    diagnosisOf: createDiagnoses(settings.flows),
  }
  return {
    settings,
    history: world.recorder,
    handle: createPipeline(OPERATIONS, world),
    setFaults: (plan) => world.faults.replace(plan),
    revokeTokens: () => world.tokens.revokeAll(),
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
