import { createHash } from 'node:crypto'

/** One machine's part of a run. */
export interface Shard {
  /** Counts from 1. */
  readonly index: number
  readonly count: number
}

/** What has to be known of a scenario to give it to a shard. */
export interface Shardable {
  readonly id: string
  readonly resources?: readonly string[]
}

/** How scenarios are dealt to shards. */
export interface ShardPlan {
  /** Of each shard, the ids of its scenarios. */
  readonly shards: readonly ReadonlySet<string>[]
  /** The same for machines that dealt in the same way, and for no others. */
  readonly fingerprint: string
}

/** Scenarios that have to run on one machine, and how long they take together. */
interface Unit {
  readonly ids: readonly string[]
  readonly durationMs: number
}

/**
 * Deals scenarios to shards so that all take about as long: the longest first, each to the shard that has least to do (Graham's rule, at
 * most a third longer than the best there is). Scenarios that share a resource stay together, since a lock reaches no other machine. One of
 * unknown duration counts like the median of the known ones; where none is known, all count the same. The outcome depends on nothing else:
 * not on the order of `scenarios`, and not on the machine.
 */
export function planShards(scenarios: readonly Shardable[], count: number, durations: ReadonlyMap<string, number>): ShardPlan {
  const usualMs = medianOf(scenarios.flatMap(({ id }) => durations.get(id) ?? []))
  const units = unitsOf(scenarios, ({ id }) => durations.get(id) ?? usualMs)
  const shards = Array.from({ length: count }, () => ({ ids: new Set<string>(), totalMs: 0 }))
  for (const { ids, durationMs } of units) {
    const idlest = shards.reduce((least, shard) => (shard.totalMs < least.totalMs ? shard : least))
    for (const id of ids) idlest.ids.add(id)
    idlest.totalMs += durationMs
  }
  const dealt = shards.map(({ ids }) => ids)
  return { shards: dealt, fingerprint: fingerprintOf(dealt) }
}

/** The units, those that take longest first. */
function unitsOf(scenarios: readonly Shardable[], durationOf: (scenario: Shardable) => number): Unit[] {
  const groups = groupsByResource(scenarios)
  return groups
    .map((group) => ({
      ids: group.map(({ id }) => id).toSorted(),
      durationMs: group.reduce((sum, scenario) => sum + durationOf(scenario), 0),
    }))
    .sort((one, other) => other.durationMs - one.durationMs || compare(one.ids[0] ?? '', other.ids[0] ?? ''))
}

/** Scenarios that are linked by a resource, directly or through others; a union of sets by their first member. */
function groupsByResource(scenarios: readonly Shardable[]): Shardable[][] {
  const leaders = new Map<string, string>()
  const leaderOf = (name: string): string => {
    const leader = leaders.get(name) ?? name
    if (leader === name) return name
    const first = leaderOf(leader)
    leaders.set(name, first)
    return first
  }
  for (const { resources = [] } of scenarios) {
    const [first, ...others] = resources
    for (const other of others) if (first !== undefined) leaders.set(leaderOf(other), leaderOf(first))
  }
  const groups = new Map<string, Shardable[]>()
  for (const scenario of scenarios) {
    const [resource] = scenario.resources ?? []
    const key = resource === undefined ? `scenario ${scenario.id}` : `resource ${leaderOf(resource)}`
    const group = groups.get(key)
    if (group) group.push(scenario)
    else groups.set(key, [scenario])
  }
  return [...groups.values()]
}

/** 1 where there is nothing. */
function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 1
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function fingerprintOf(shards: readonly ReadonlySet<string>[]): string {
  const lists = shards.map((ids) => [...ids].toSorted())
  return createHash('sha256').update(JSON.stringify(lists)).digest('hex').slice(0, 16)
}
