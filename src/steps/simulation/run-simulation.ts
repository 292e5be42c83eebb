import { aggregateMetrics } from '../../api/resources/dialer-metrics.ts'
import { getSimulation, type Simulation } from '../../api/resources/dialer-simulations.ts'
import { checkSimulation } from '../../model/check-simulation.ts'
import type { JsonObject } from '../../model/json.ts'
import type { SimulationObservation } from '../../model/simulation.ts'
import { Histogram } from '../histogram.ts'
import { pollJob } from '../poll-job.ts'
import { numberOf, textOf } from '../step-input.ts'
import type { StepContext } from '../step-kind.ts'
import { awaitMissing } from './await-missing.ts'
import { countEvents, endsKnownTo } from './count-events.ts'
import { type Listening, listensToCalls, listenToCalls } from './listen.ts'
import { observeCalls } from './observe-calls.ts'
import { OwnSimulation, SIMULATION, SIMULATION_LIFE } from './own-simulation.ts'
import { unsendable } from './refused.ts'
import { planSimulation, type SimulationPlan } from './simulation-plan.ts'
import { startOnce } from './start-once.ts'
import { tagOf } from './tag.ts'

/** Before the second look; each further wait is twice as long, up to the configured one. */
const FIRST_WAIT_MS = 200

/**
 * Runs a simulation to its end and observes it. Rejects with a `ProblemError` where it cannot be asked for (`INVALID_STEP` with every
 * fault), could not be started or came to no end; what was started is then stopped, or told as left running.
 */
export async function runSimulation(input: JsonObject, context: StepContext, expect: JsonObject = {}): Promise<SimulationObservation> {
  const tag = tagOf(context.origin, textOf(input, 'tag'))
  validate(input, tag, context)
  const listening = listensToCalls(input, expect, context.settings)
    ? await listenToCalls(numberOf(input, 'maxCalls') ?? 0, context)
    : undefined
  const plan = planSimulation(input, tag, listening?.url)
  const ended = await context.openJob(() => startAndFollow(plan, listening, context))
  if (listening) await settle(listening, ended.simulation, context)
  const observation = observe(plan, ended, listening, context)
  if (input['publishMetrics'] === true) await publish(observation, context)
  return observation
}

function validate(input: JsonObject, tag: string, { note, settings }: StepContext): void {
  const faults = checkSimulation(input, settings.simulations)
  const error = faults.map(({ message }) => message).join('; ')
  note({ job: SIMULATION, tag, phase: 'validated', payload: input, ...(faults.length > 0 && { error }) })
  if (faults.length > 0) throw unsendable(faults)
}

interface EndedSimulation {
  readonly id: string
  readonly simulation: Simulation
  readonly durationMs: number
  readonly latencies: Histogram
}

async function startAndFollow(plan: SimulationPlan, listening: Listening | undefined, context: StepContext): Promise<EndedSimulation> {
  const own = new OwnSimulation(plan.tag, context)
  const hasEnded = context.ifCut((send) => own.tidyUp(send))
  context.note({ job: SIMULATION, tag: plan.tag, phase: 'dispatched', payload: { ...plan.request } })
  const { id, state, latenciesMs, correlationId } = await startOnce(plan, own, context)
  listening?.ledger.identify(id)
  const latencies = new Histogram()
  for (const ms of latenciesMs) latencies.add(ms)
  const { pollEveryMs } = context.settings.simulations
  const { maxCalls, concurrencyLimit } = plan.request
  const ended = await pollJob(
    {
      kind: SIMULATION,
      id,
      name: `simulation ${id}`,
      status: state,
      life: SIMULATION_LIFE,
      pace: { everyMs: pollEveryMs, firstMs: Math.min(FIRST_WAIT_MS, pollEveryMs) },
      alike: `${maxCalls} calls, ${concurrencyLimit} at once`,
      look: async () => {
        const { simulation, latencyMs } = await getSimulation(context.send, id)
        latencies.add(latencyMs)
        return { status: simulation.state, simulation, latencyMs }
      },
      facts: (seen) => ({
        tag: plan.tag,
        ...(correlationId !== undefined && { correlationId }),
        ...(seen && { latencyMs: seen.latencyMs, result: resultOf(seen.simulation) }),
      }),
    },
    context,
  )
  hasEnded()
  return { id, simulation: ended.state.simulation, durationMs: Math.round(ended.durationMs), latencies }
}

/** The target's counters at this moment. */
function resultOf({ state, callsAttempted, callsCompleted, complianceBypassed, errors }: Simulation) {
  return {
    state,
    callsAttempted,
    callsCompleted,
    complianceBypassed,
    errors: (errors ?? []).map(({ code, message }) => ({ code, message })),
  }
}

async function settle({ ledger, stop }: Listening, simulation: Simulation, context: StepContext): Promise<void> {
  ledger.close()
  await awaitMissing(ledger, endsKnownTo(simulation), context)
  stop()
}

function observe(
  { tag, injected, request }: SimulationPlan,
  { id, simulation, durationMs, latencies }: EndedSimulation,
  listening: Listening | undefined,
  { seed }: StepContext,
): SimulationObservation {
  const calls = listening && observeCalls(listening.ledger, injected)
  const apiLatency = latencies.distribution()
  if (!apiLatency) throw new TypeError('a simulation ends with an answer, and that took its time')
  return {
    simulationId: id,
    tag,
    callsRequested: request.maxCalls,
    ...resultOf(simulation),
    injected,
    ...(calls && { calls }),
    ...(listening && { events: countEvents(listening.ledger, simulation) }),
    apiLatency,
    seed,
    durationMs,
  }
}

/** Hands the figures of the simulation on, as the scenario asks for. */
async function publish(
  { simulationId, tag, callsAttempted, callsCompleted, apiLatency, calls }: SimulationObservation,
  context: StepContext,
) {
  const accuracyRate = calls?.accuracy?.share
  const metrics = {
    totalCalls: callsAttempted,
    completedCalls: callsCompleted,
    averageLatencyMs: apiLatency.mean,
    ...(accuracyRate !== undefined && { accuracyRate }),
  }
  const { httpStatus, latencyMs } = await aggregateMetrics(context.send, simulationId, metrics)
  context.note({ job: SIMULATION, id: simulationId, tag, phase: 'aggregated', payload: metrics, httpStatus, latencyMs })
}
