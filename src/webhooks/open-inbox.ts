import type { DeliveryRefusal, Inbox, InboxCounts, InboxOwner } from '../model/inbox.ts'
import type { Json } from '../model/json.ts'

/** An inbox as the desk keeps it, also after it was closed: what comes then is counted as late. */
export class OpenInbox implements Inbox {
  readonly url: string
  readonly counts: { -readonly [name in keyof InboxCounts]: number } = { taken: 0, refused: 0, late: 0 }
  readonly #owner: InboxOwner
  #isOpen = true

  constructor(url: string, owner: InboxOwner) {
    this.url = url
    this.#owner = owner
  }

  close(): void {
    this.#isOpen = false
  }

  /** Hands a body to the owner, or counts it as late; yields why it does not do. */
  take(body: Json): DeliveryRefusal | undefined {
    if (!this.#isOpen) this.counts.late += 1
    else if (this.#owner.take(body)) this.counts.taken += 1
    else return { status: 400, reason: 'the body is no event that is waited for here' }
    return undefined
  }

  refuse(refusal: DeliveryRefusal): void {
    this.counts.refused += 1
    this.#owner.onRefused(refusal)
  }
}
