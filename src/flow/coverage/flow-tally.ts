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
    switch (sighting.kind) {
      case 'node':
        return this.#count(nodeKey(sighting.node), verdict)
      case 'branch':
        this.#branch(sighting.taken, verdict)
        return sighting.before && this.#pair(sighting.before, sighting.taken, verdict)
      case 'entry':
        return this.#oneOf(sighting.names.map(entryKey), verdict)
      case 'exit':
        return this.#count(exitKey(sighting.node), verdict)
      case 'sub-flow':
        return this.#count(subFlowKey(sighting.node), verdict)
      case 'stray':
        return
    }
  }

  /** How often something was seen; see the functions that make keys. */
  of(key: string): Seen {
    return this.#counts.get(key) ?? NOTHING_SEEN
  }

  #branch({ node, labels }: TakenBranch, verdict: Verdict): void {
    this.#oneOf(
      labels.map((label) => branchKey(node, label)),
      verdict,
    )
  }

  #pair(first: TakenBranch, second: TakenBranch, verdict: Verdict): void {
    const keys = first.labels.flatMap((one) => second.labels.map((other) => pairKey(first.node, one, second.node, other)))
    this.#oneOf(keys, verdict)
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
