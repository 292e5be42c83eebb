import { expect } from 'chai'
import type { JsonObject } from '../../../src/model/json.ts'
import { type Caller, WAYS } from '../caller.ts'
import { SimulationCaller } from './scenario.ts'

const [[, inMemory]] = WAYS

/** What the calls of two simulations came to, without ids. */
async function callsOf(seed: number, tags: readonly string[]): Promise<string[]> {
  const posts: JsonObject[] = []
  const caller: Caller = await inMemory({
    seed,
    deliver: async ({ body }) => ({ status: posts.push(JSON.parse(body)) > 0 ? 200 : 500 }),
  })
  const dialer = new SimulationCaller(caller, await caller.token())
  const ids: string[] = []
  for (const tag of tags) ids.push(String((await dialer.start({ tag, webhookUrl: 'http://127.0.0.1:9/' })).json()['id']))
  for (const id of ids) await dialer.follow(id)
  await caller.pass(100)
  await caller.close()
  return ids.map((id) =>
    posts
      .filter(({ simulationId }) => simulationId === id)
      .map(({ outcome, durationMs }) => `${outcome} ${durationMs}`)
      .join(),
  )
}

describe('Simulations', () => {
  it('make the same calls for the same seed, whatever the tag, and others for the next simulation of its kind', async () => {
    const [first, second] = await callsOf(1, ['a', 'b'])
    expect(await callsOf(1, ['c'])).to.deep.equal([first])
    expect(second).not.to.equal(first)
    expect(await callsOf(2, ['a'])).not.to.deep.equal([first])
  })
})
