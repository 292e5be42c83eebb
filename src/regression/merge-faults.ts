import type { Fault } from '../model/fault.ts'
import type { Outline } from './outline.ts'

/** Scenarios that are named where journals share some. */
const MAX_TWICE = 10

/** Everything that keeps journals from being one run: other targets or versions, shards dealt differently, missing or there twice, and scenarios that stand in two of them. */
export function mergeFaults(outlines: readonly Outline[]): Fault[] {
  return [...differences(outlines), ...shardFaults(outlines), ...scenariosTwice(outlines)]
}

function differences(outlines: readonly Outline[]): Fault[] {
  const [first, ...others] = outlines
  if (!first) return []
  return others.flatMap((other) => [
    ...differs('target', targetOf(first), targetOf(other), first, other),
    ...differs('version of cxspec', first.started.version, other.started.version, first, other),
  ])
}

function targetOf({ started: { target } }: Outline): string {
  return `${target.name} (${target.baseUrl})`
}

function differs(what: string, one: string, two: string, first: Outline, other: Outline): Fault[] {
  if (one === two) return []
  const message = `${other.source.name} does not belong to ${first.source.name}: its ${what} is ${two}, not ${one}`
  return [{ code: 'NOT_ONE_RUN', message, advice: 'merge only the journals of one run' }]
}

function shardFaults(outlines: readonly Outline[]): Fault[] {
  const sharded = outlines.filter(({ started }) => started.shard)
  if (sharded.length === 0) return []
  const whole = outlines.filter(({ started }) => !started.shard)
  if (whole.length > 0) {
    return whole.map(({ source }) => ({
      code: 'NOT_ONE_RUN',
      message: `${source.name} is the journal of a whole run, and others are of shards`,
    }))
  }
  return [...dealtDifferently(sharded), ...indexFaults(sharded)]
}

function dealtDifferently(sharded: readonly Outline[]): Fault[] {
  const [first, ...others] = sharded
  return others.flatMap(({ source, started: { shard } }) => {
    const own = first?.started.shard
    if (!own || !shard || (shard.count === own.count && shard.fingerprint === own.fingerprint)) return []
    return [
      {
        code: 'NOT_ONE_RUN',
        message: `${source.name} (shard ${shard.index}/${shard.count}) and ${first.source.name} (shard ${own.index}/${own.count}) were dealt differently: some scenario may have run twice, or nowhere`,
        advice: 'run all shards with the same files, selection and --durations',
      },
    ]
  })
}

function indexFaults(sharded: readonly Outline[]): Fault[] {
  const count = sharded[0]?.started.shard?.count ?? 0
  const indices = sharded.map(({ started }) => started.shard?.index ?? 0)
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !indices.includes(index))
  const twice = sharded.filter(({ started }, at) => indices.indexOf(started.shard?.index ?? 0) < at)
  return [
    ...missing.map((index) => ({
      code: 'SHARD_MISSING',
      message: `shard ${index}/${count} is missing: nobody knows what came of its scenarios`,
      advice: 'name its journal as well; if there is none, its machine did not even start',
    })),
    ...twice.map(({ source, started: { shard } }) => ({
      code: 'NOT_ONE_RUN',
      message: `${source.name} is shard ${shard?.index}/${shard?.count} once more`,
      advice: 'name one journal of each shard',
    })),
  ]
}

function scenariosTwice(outlines: readonly Outline[]): Fault[] {
  const owners = new Map<string, Outline>()
  const faults: Fault[] = []
  for (const outline of outlines) {
    for (const { id } of outline.plans.flatMap(({ scenarios }) => scenarios)) {
      const owner = owners.get(id)
      if (!owner) owners.set(id, outline)
      else if (owner !== outline && faults.length < MAX_TWICE) faults.push(twiceFault(id, owner, outline))
    }
  }
  return faults
}

function twiceFault(id: string, owner: Outline, other: Outline): Fault {
  return { code: 'NOT_ONE_RUN', message: `${id} stands in ${owner.source.name} and in ${other.source.name}: these are two runs` }
}
