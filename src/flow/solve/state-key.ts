import type { JsonObject } from '../../model/json.ts'
import type { Flow } from '../flow.ts'
import { CALL_TIME } from '../variables.ts'
import type { SearchFrame, SearchState } from './search-state.ts'
import type { ValueClasses } from './value-classes.ts'

type LastBranch = NonNullable<SearchFrame['lastBranch']>

/** Tells states apart that may go on differently: variables on which no branch depends are left out. */
export class StateKeys {
  readonly #classes: ValueClasses
  readonly #isWatched: (branch: LastBranch, flow: Flow) => boolean
  readonly #frameKeys = new WeakMap<SearchFrame, string>()
  readonly #names = new Map<Flow, Map<string, boolean>>()

  /** `isWatched`: whether it matters that a branch was the last one that was taken. */
  constructor(classes: ValueClasses, isWatched: (branch: LastBranch, flow: Flow) => boolean) {
    this.#classes = classes
    this.#isWatched = isWatched
  }

  of({ node, frame, failedTries, answers }: SearchState): string {
    return `${node?.index} ${failedTries} ${JSON.stringify(answers)} ${this.#frameKey(frame)}`
  }

  #frameKey(frame: SearchFrame): string {
    const known = this.#frameKeys.get(frame)
    if (known !== undefined) return known
    const { flow, variables, free, origin, lastBranch } = frame
    const parts = [
      this.#telling(flow, variables),
      [...free.changes]
        .filter((name) => this.#decides(flow, name))
        .toSorted()
        .join(),
      lastBranch && this.#isWatched(lastBranch, flow) ? `${lastBranch.node} ${lastBranch.label}` : '',
      origin ? `${origin.node.index} ${this.#frameKey(origin.frame)}` : '',
    ]
    const key = parts.join('|')
    this.#frameKeys.set(frame, key)
    return key
  }

  #telling(flow: Flow, variables: JsonObject): string {
    const names = Object.keys(variables).filter((name) => this.#decides(flow, name))
    return names.length === 0 ? '' : JSON.stringify(names.toSorted().map((name) => [name, variables[name]]))
  }

  #decides(flow: Flow, name: string): boolean {
    const ofFlow = this.#names.get(flow) ?? new Map<string, boolean>()
    this.#names.set(flow, ofFlow)
    const known = ofFlow.get(name)
    if (known !== undefined) return known
    const decides = name === CALL_TIME || this.#classes.of(flow.flowId, name).decides
    ofFlow.set(name, decides)
    return decides
  }
}
