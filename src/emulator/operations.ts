import type { Operation } from './operation.ts'
import { admin } from './resources/admin.ts'
import { agentWorkmodes } from './resources/agent-workmodes.ts'
import { agentSchedules, agentSkills, agents } from './resources/agents.ts'
import { dataActionStatus, dataActions } from './resources/data-actions.ts'
import { dialerMetrics } from './resources/dialer-metrics.ts'
import { dialerSimulate, dialerSimulateCancel, dialerSimulateFind, dialerSimulateStatus } from './resources/dialer-simulations.ts'
import { events } from './resources/events.ts'
import { flowCompile, flowCompileStatus } from './resources/flow-compile.ts'
import { flowDebug } from './resources/flow-debug.ts'
import { flowRead } from './resources/flow-read.ts'
import { token } from './resources/token.ts'

/** Everything that the emulator serves. */
export const OPERATIONS: readonly Operation[] = [
  token,
  flowDebug,
  flowRead,
  flowCompile,
  flowCompileStatus,
  dialerSimulate,
  dialerSimulateStatus,
  dialerSimulateFind,
  dialerSimulateCancel,
  dialerMetrics,
  dataActions,
  dataActionStatus,
  agents,
  agentSkills,
  agentSchedules,
  agentWorkmodes,
  events,
  ...admin,
]
