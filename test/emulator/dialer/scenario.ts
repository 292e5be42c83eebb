import type { JsonObject } from '../../../src/model/json.ts'
import type { Answered, Caller } from '../caller.ts'

export const SIMULATIONS = '/api/v2/dialer/simulations'

/** A request for a simulation that every deployment takes, with other fields where they are given. */
export function simulationRequest(fields: JsonObject = {}): JsonObject {
  return {
    campaignId: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
    virtualAgentMatrix: { flowId: 'va-flow-12345', language: 'en-US' },
    outcomeInjection: {
      enabled: true,
      dialToneProbability: 0.15,
      busySignalProbability: 0.2,
      noAnswerProbability: 0.25,
      answerProbability: 0.4,
    },
    concurrencyLimit: 5,
    maxCalls: 20,
    complianceBypass: true,
    ...fields,
  }
}

/** A caller that knows simulations. */
export class SimulationCaller {
  readonly #caller: Caller
  readonly #token: string

  constructor(caller: Caller, token: string) {
    this.#caller = caller
    this.#token = token
  }

  start(fields: JsonObject = {}): Promise<Answered> {
    return this.#caller.call(SIMULATIONS, { token: this.#token, body: simulationRequest(fields) })
  }

  read(id: string): Promise<Answered> {
    return this.#caller.call(`${SIMULATIONS}/${id}`, { token: this.#token })
  }

  cancel(id: string): Promise<Answered> {
    return this.#caller.call(`${SIMULATIONS}/${id}`, { token: this.#token, method: 'DELETE' })
  }

  async find(tag?: string): Promise<JsonObject[]> {
    const query = tag === undefined ? '' : `?tag=${encodeURIComponent(tag)}`
    return (await this.#caller.call(SIMULATIONS + query, { token: this.#token })).json()['entities'] as JsonObject[]
  }

  /** Everything that it told until it ended. */
  async follow(id: string): Promise<JsonObject[]> {
    const seen: JsonObject[] = []
    for (;;) {
      seen.push((await this.read(id)).json())
      if (['completed', 'failed'].includes(String(seen.at(-1)?.['state']))) return seen
      await this.#caller.pass(10)
    }
  }
}
