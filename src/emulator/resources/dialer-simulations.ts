import type { JsonObject } from '../../model/json.ts'
import { jsonBody } from '../body.ts'
import { isSimulationRequest, simulationReasons } from '../dialer/simulation-request.ts'
import type { SimulationJob } from '../dialer/simulations.ts'
import { emptyAnswer, jsonAnswer, refuse } from '../exchange.ts'
import { openJob } from '../open-job.ts'
import { type Exchange, type Operation, pathParameter } from '../operation.ts'
import { refusesUrl } from '../webhooks/refuses-url.ts'
import type { World } from '../world.ts'

const PATH = '/api/v2/dialer/simulations'
const ONE = `${PATH}/:simulationId`

/** Starts a simulation: 201 with its id. Refused with 422 and every fault at once, and with 409 while the organization has too many active ones. */
export const dialerSimulate: Operation = {
  api: 'dialer-simulations',
  method: 'POST',
  paths: [PATH],
  access: { scopes: ['dialer:campaigns:write', 'dialer:simulations:write'] },
  answer(exchange, world) {
    const { dialer, webhooks } = world.settings
    const rules = { maxConcurrency: dialer.maxConcurrency, refusesUrl: (url: string) => refusesUrl(url, webhooks.allowedOrigins) }
    const request = jsonBody(exchange.request, isSimulationRequest, { further: (body) => simulationReasons(body, rules) })
    refuseBeyondLimit(world)
    const { campaignId, tag } = request
    const record = openJob(exchange, world, { kind: 'simulation', subject: campaignId, ...(tag && { tag }) })
    const job = world.simulations.start(request, record, exchange.disturbance?.job)
    const location = `${PATH}/${encodeURIComponent(record.id)}`
    return jsonAnswer(201, { id: record.id, state: world.simulations.tell(job) }, { location })
  },
}

/** Tells how far a simulation is. */
export const dialerSimulateStatus: Operation = {
  api: 'dialer-simulation-status',
  method: 'GET',
  paths: [ONE],
  access: { scopes: ['dialer:simulations:read'] },
  answer: (exchange, world) => jsonAnswer(200, toBody(findSimulation(exchange, world), world)),
}

/** Finds simulations by the `tag` that they were started with; without one, tells all of them. */
export const dialerSimulateFind: Operation = {
  api: 'dialer-simulation-find',
  method: 'GET',
  paths: [PATH],
  access: { scopes: ['dialer:simulations:read'] },
  answer({ query }, world) {
    const found = world.simulations.withTag(query.get('tag') ?? undefined)
    return jsonAnswer(200, { entities: found.map((job) => toBody(job, world)) })
  },
}

/** Cancels a simulation: 204, also where it has ended already; 405 where the deployment cannot. */
export const dialerSimulateCancel: Operation = {
  api: 'dialer-simulation-cancel',
  method: 'DELETE',
  paths: [ONE],
  access: { scopes: ['dialer:simulations:write'] },
  answer(exchange, world) {
    const job = findSimulation(exchange, world)
    if (!world.settings.dialer.canCancel) {
      throw refuse(405, 'method_not_allowed', 'this deployment cannot cancel a simulation', { headers: { allow: 'GET, HEAD, OPTIONS' } })
    }
    world.simulations.cancel(job)
    return emptyAnswer(204)
  },
}

function refuseBeyondLimit({ settings, simulations }: World): void {
  const { activeLimit } = settings.dialer
  const active = simulations.activeCount()
  if (active < activeLimit) return
  const message = `the organization has ${active} active simulations, and may have ${activeLimit}: wait until one has ended`
  throw refuse(409, 'too_many_simulations', message)
}

function findSimulation(exchange: Exchange, { simulations }: World): SimulationJob {
  const id = pathParameter(exchange, 'simulationId')
  const job = simulations.find(id)
  if (job) return job
  throw refuse(404, 'simulation_not_found', `there is no simulation "${id}"`)
}

function toBody(job: SimulationJob, { simulations }: World): JsonObject {
  const { record, simulation, complianceBypassed } = job
  const errors = simulation.errors().map(({ code, message }) => ({ code, message }))
  return {
    id: record.id,
    state: simulations.tell(job),
    callsAttempted: simulation.attempted,
    callsCompleted: simulation.completed,
    complianceBypassed,
    ...(record.tag !== undefined && { tag: record.tag }),
    ...(errors.length > 0 && { errors }),
  }
}
