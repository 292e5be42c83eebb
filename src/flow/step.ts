import type { Json, JsonObject } from '../model/json.ts'

/** What a visit led to. */
export type Step = Go | Enter | Leave | End | Break

/** What the trace tells about a visit, and what the visit changed. */
interface Seen {
  /** What the caller entered. */
  readonly input?: Json
  /** Where the call was routed to. */
  readonly target?: string
  /** All variables after the visit; absent: unchanged. */
  readonly variables?: JsonObject
  /** Work on top of the node type's own, in milliseconds. */
  readonly extraWorkMs?: number
}

/** The call goes on along a branch, or along `default` where the flow does not name it. */
interface Go extends Seen {
  readonly kind: 'go'
  readonly label: string
}

/** The call enters another flow. */
export interface Enter extends Seen {
  readonly kind: 'enter'
  readonly flowId: string
  readonly entry: string
  /** What the other flow's variables are set to. */
  readonly inputs: JsonObject
  /** Variables to set on the way back: name here → reader of the other flow's variables. Absent: it does not come back. */
  readonly outputs?: (variables: JsonObject) => JsonObject
}

/** The flow ends: back to the flow that called it, or the call ends. */
interface Leave extends Seen {
  readonly kind: 'leave'
}

/** The call ends as it should. */
interface End extends Seen {
  readonly kind: 'end'
}

/** The call breaks here. */
interface Break extends Seen {
  readonly kind: 'break'
  readonly exception: string
}
