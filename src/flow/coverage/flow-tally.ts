import { NOTHING_SEEN, type Seen } from './seen.ts'
import type { Sighting, TakenBranch } from './sighting.ts'

/** Whether a call belongs to a try that passed, or to one that did not. */
export type Verdict = 'passed' | 'failed'

type Draft = { -readonly [name in keyof Seen]: Seen[name] }

/** Counts what calls do in one edition of a flow. */
export class FlowTally {
  readonly calls = { passed: 0, failed: 0 }
  readonly #counts = new Map<string, Draft>()

  /** Adds what a call did in this flow. */
  add(sighting: Sighting, verdict: Verdict): void {
    for (const keys of keysOf(sighting)) this.#oneOf(keys, verdict)
  }

  /** How often something was seen; see the functions that make keys. */
  of(key: string): Seen {
    return this.#counts.get(key) ?? NOTHING_SEEN
  }

  #oneOf(keys: readonly string[], verdict: Verdict): void {
    const [only] = keys
    if (only !== undefined && keys.length === 1) this.#count(only, verdict)
    else for (const key of keys) this.#count(key, 'ambiguous')
  }

  #count(key: string, as: keyof Seen): void {
    const known = this.#counts.get(key)
    if (known) known[as] += 1
    else this.#counts.set(key, { ...NOTHING_SEEN, [as]: 1 })
  }
}

/** What a sighting is one of, each with all that it may be. */
function keysOf(sighting: Sighting): readonly (readonly string[])[] {
  switch (sighting.kind) {
    case 'node':
      return [[nodeKey(sighting.node)]]
    case 'branch':
      return [branchKeys(sighting.taken), ...(sighting.before ? [pairKeys(sighting.before, sighting.taken)] : [])]
    case 'entry':
      return [sighting.names.map(entryKey)]
    case 'exit':
      return [[exitKey(sighting.node)]]
    case 'sub-flow':
      return [[subFlowKey(sighting.node)]]
    case 'stray':
      return []
  }
}

function branchKeys({ node, labels }: TakenBranch): string[] {
  return labels.map((label) => branchKey(node, label))
}

function pairKeys(first: TakenBranch, second: TakenBranch): string[] {
  return first.labels.flatMap((one) => second.labels.map((other) => pairKey(first.node, one, second.node, other)))
}

export function nodeKey(node: string): string {
  return JSON.stringify(['node', node])
}

export function branchKey(node: string, label: string): string {
  return JSON.stringify(['branch', node, label])
}

export function pairKey(node: string, label: string, nextNode: string, nextLabel: string): string {
  return JSON.stringify(['pair', node, label, nextNode, nextLabel])
}

export function entryKey(name: string): string {
  return JSON.stringify(['entry', name])
}

export function exitKey(node: string): string {
  return JSON.stringify(['exit', node])
}

export function subFlowKey(node: string): string {
  return JSON.stringify(['sub-flow', node])
}
