import type { Diagnosis } from '../flow/diagnostic.ts'
import type { Executions } from './actions/executions.ts'
import type { Agents } from './agents/agents.ts'
import type { CompileJobs } from './compile-jobs.ts'
import type { Simulations } from './dialer/simulations.ts'
import type { FaultInjector } from './faults/fault-injector.ts'
import type { Recorder } from './history.ts'
import type { TokenStore } from './oauth/token-store.ts'
import type { EmulatorSettings } from './options.ts'

/** All that lives in an emulator and that operations work on. */
export interface World {
  readonly settings: EmulatorSettings
  readonly tokens: TokenStore
  readonly compilations: CompileJobs
  readonly simulations: Simulations
  readonly executions: Executions
  readonly agents: Agents
  readonly recorder: Recorder
  readonly faults: FaultInjector
  /** What a compilation says about a flow of `settings.flows`, worked out once. */
  readonly diagnosisOf: (flowId: string) => Diagnosis
}
