import { expect } from 'chai'
import fc from 'fast-check'
import { planShards, type Shardable, type ShardPlan } from '../../src/regression/shard.ts'

const anyScenarios = fc.uniqueArray(
  fc.record({ id: fc.string({ minLength: 1, maxLength: 4 }), resources: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 2 }) }),
  { selector: ({ id }) => id, maxLength: 40 },
)

const anyDurations = fc
  .dictionary(fc.string({ minLength: 1, maxLength: 4 }), fc.nat(10_000))
  .map((entries) => new Map(Object.entries(entries)))

function lists({ shards }: ShardPlan): string[][] {
  return shards.map((ids) => [...ids].sort())
}

function ids(...names: string[]): Shardable[] {
  return names.map((id) => ({ id }))
}

describe('planShards', () => {
  it('gives the longest first to the shard that has least to do', () => {
    const durations = new Map(Object.entries({ a: 50, b: 40, c: 30, d: 20, e: 10 }))
    expect(lists(planShards(ids('a', 'b', 'c', 'd', 'e'), 2, durations))).to.deep.equal([
      ['a', 'd', 'e'],
      ['b', 'c'],
    ])
  })

  it('deals by count where no duration is known', () => {
    expect(planShards(ids('a', 'b', 'c', 'd', 'e'), 2, new Map()).shards.map(({ size }) => size)).to.deep.equal([3, 2])
  })

  it('takes a scenario of unknown duration for a usual one', () => {
    const durations = new Map(Object.entries({ a: 100, b: 100, c: 100 }))
    expect(planShards(ids('a', 'b', 'c', 'new'), 2, durations).shards.map(({ size }) => size)).to.deep.equal([2, 2])
  })

  it('gives each scenario to one shard', () => {
    fc.assert(
      fc.property(anyScenarios, fc.integer({ min: 1, max: 6 }), anyDurations, (scenarios, count, durations) => {
        const { shards } = planShards(scenarios, count, durations)
        expect(shards).to.have.length(count)
        expect(shards.flatMap((each) => [...each]).sort()).to.deep.equal(scenarios.map(({ id }) => id).sort())
      }),
    )
  })

  it('keeps scenarios that share a resource on one machine, also through others', () => {
    fc.assert(
      fc.property(anyScenarios, fc.integer({ min: 1, max: 6 }), (scenarios, count) => {
        const { shards } = planShards(scenarios, count, new Map())
        const shardOf = (id: string): number => shards.findIndex((each) => each.has(id))
        for (const one of scenarios) {
          for (const other of scenarios) {
            if (one.resources.some((resource) => other.resources.includes(resource))) expect(shardOf(one.id)).to.equal(shardOf(other.id))
          }
        }
      }),
    )
  })

  it('deals in the same way in whatever order the scenarios come', () => {
    fc.assert(
      fc.property(
        anyScenarios,
        fc.integer({ min: 1, max: 6 }),
        anyDurations,
        fc.infiniteStream(fc.nat()),
        (scenarios, count, durations, numbers) => {
          const shuffled = scenarios
            .map((scenario) => ({ scenario, at: numbers.next().value }))
            .sort((one, other) => one.at - other.at)
            .map(({ scenario }) => scenario)
          const [one, other] = [planShards(scenarios, count, durations), planShards(shuffled, count, durations)]
          expect(lists(one)).to.deep.equal(lists(other))
          expect(one.fingerprint).to.equal(other.fingerprint)
        },
      ),
    )
  })

  it('has another fingerprint where a scenario goes elsewhere', () => {
    const [one, other] = [
      { a: 3, b: 2, c: 1 },
      { a: 1, b: 2, c: 3.5 },
    ].map((durations) => planShards(ids('a', 'b', 'c'), 2, new Map(Object.entries(durations))))
    expect(one?.fingerprint).not.to.equal(other?.fingerprint)
    expect(planShards(ids('a', 'b'), 2, new Map()).fingerprint).not.to.equal(planShards(ids('a', 'c'), 2, new Map()).fingerprint)
  })

  it('is at most a third longer than what cannot be undercut', () => {
    const durations = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(durations, fc.integer({ min: 1, max: 6 }), (all, count) => {
        const known = new Map(all.map((durationMs, index) => [String(index), durationMs]))
        const { shards } = planShards(ids(...known.keys()), count, known)
        const longest = Math.max(...shards.map((each) => [...each].reduce((sum, id) => sum + (known.get(id) ?? 0), 0)))
        const sorted = all.toSorted((one, other) => other - one)
        const pair = (sorted[count - 1] ?? 0) + (sorted[count] ?? 0)
        const bound = Math.max(all.reduce((sum, each) => sum + each, 0) / count, sorted[0] ?? 0, sorted.length > count ? pair : 0)
        expect(longest).to.be.at.most((4 / 3) * bound + 1e-9)
      }),
    )
  })
})
