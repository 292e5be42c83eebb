import type { Json } from '../../model/json.ts'
import type { Validator } from '../../schema/validator.ts'
import { jsonBody } from '../body.ts'
import { emptyAnswer, jsonAnswer, refuse } from '../exchange.ts'
import { readFaultPlan } from '../faults/read-fault-plan.ts'
import type { Operation } from '../operation.ts'

const isAnything: Validator<Json> = (_value): _value is Json => true

const local = { api: 'admin', access: 'local' } as const

/** The emulator's own resources, which no real deployment has: for whoever tests against it, and only from this machine. */
export const admin: readonly Operation[] = [
  {
    ...local,
    method: 'GET',
    paths: ['/emulator'],
    answer(_exchange, { settings: { flows, actions, agents } }) {
      return jsonAnswer(200, {
        name: 'cxspec emulator',
        flows: [...flows.keys()],
        actions: [...actions.keys()],
        agents: [...agents.keys()],
      })
    },
  },
  {
    ...local,
    method: 'GET',
    paths: ['/emulator/history'],
    answer({ query }, { recorder }) {
      const requests = recorder.requests(query.get('api') ?? undefined)
      return { ...jsonAnswer(200, null), body: JSON.stringify({ requests, ...recorder.all() }) }
    },
  },
  {
    ...local,
    method: 'DELETE',
    paths: ['/emulator/history'],
    answer(_exchange, { recorder }) {
      recorder.clear()
      return emptyAnswer(204)
    },
  },
  {
    ...local,
    method: 'GET',
    paths: ['/emulator/faults'],
    answer: (_exchange, { faults }) => ({ ...jsonAnswer(200, null), body: JSON.stringify(faults.plan) }),
  },
  {
    ...local,
    method: 'PUT',
    paths: ['/emulator/faults'],
    answer({ request }, { faults }) {
      const reading = readFaultPlan(jsonBody(request, isAnything))
      if (reading.faults) {
        const reasons = reading.faults.map(({ message }) => ({ field: '', message }))
        throw refuse(422, 'invalid_request', 'the body is no fault plan', { reasons })
      }
      faults.replace(reading.value)
      return emptyAnswer(204)
    },
  },
  {
    ...local,
    method: 'DELETE',
    paths: ['/emulator/faults'],
    answer(_exchange, { faults }) {
      faults.replace({ faults: [] })
      return emptyAnswer(204)
    },
  },
  {
    ...local,
    method: 'DELETE',
    paths: ['/emulator/tokens'],
    answer(_exchange, { tokens }) {
      tokens.revokeAll()
      return emptyAnswer(204)
    },
  },
]
