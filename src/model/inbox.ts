import type { Json } from './json.ts'

/** A place of its own to which the target can POST while a step waits for it: call events, the result of an execution. */
export interface Inbox {
  /** Absolute. Its path is a secret that only the target may learn: it is masked wherever it would be shown or written. */
  readonly url: string
  /** What has come so far. */
  readonly counts: InboxCounts
  /** From now on nothing is taken: what still comes is counted as late. May be called again; the end of the step does it too. */
  close(): void
}

/** How many deliveries came to an inbox, each counted once. */
export interface InboxCounts {
  /** Those that the step took while the inbox was open. */
  readonly taken: number
  /** Those that were answered with an error: no JSON, no event, a wrong signature. */
  readonly refused: number
  /** Good ones that came after the inbox was closed. */
  readonly late: number
}

/**
 * Looks at one delivery as it arrives, in order of arrival; nothing is kept behind it, so what is worth keeping the step keeps itself.
 * Yields whether the body is an event that the step can use: where not, the sender is answered 400 and the delivery counts as refused.
 * Deliveries may repeat, be lost and come out of order. Must not wait or throw.
 */
export type TakeDelivery = (body: Json) => boolean

/** Who opens an inbox: takes what comes, and is told what does not do. */
export interface InboxOwner {
  readonly take: TakeDelivery
  readonly onRefused: (refusal: DeliveryRefusal) => void
}

/** Why a delivery was answered with an error. */
export interface DeliveryRefusal {
  /** As it was answered: 400, 401, 404, 405, 408, 413… */
  readonly status: number
  /** One sentence, also where it was sent by somebody who means harm: it holds next to nothing of what came. */
  readonly reason: string
}

/** Receives what is POSTed during a run. Nothing listens before the first inbox is opened. */
export interface Receiver {
  /** Resolves once the sender can reach the inbox; rejects with a `ProblemError` where no port can be listened on. */
  open(owner: InboxOwner): Promise<Inbox>
  /** Tells of refused deliveries that belong to no inbox, e.g. to a wrong path; at most one listener. */
  onStray(listener: (refusal: DeliveryRefusal) => void): void
  /** Listens no longer. Resolves once nothing is open any more. */
  close(): Promise<void>
}
