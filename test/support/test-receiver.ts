import type { DeliveryRefusal, Inbox, InboxOwner, Receiver } from '../../src/model/inbox.ts'
import type { Json } from '../../src/model/json.ts'
import { TestInbox } from './step-context.ts'

/** A receiver without a network: `inboxes` are those that were opened, in order. */
export class TestReceiver implements Receiver {
  readonly inboxes: TestInbox[] = []
  isClosed = false
  #onStray: (refusal: DeliveryRefusal) => void = () => undefined

  async open({ take, onRefused }: InboxOwner): Promise<Inbox> {
    const inbox = new TestInbox(`http://127.0.0.1:4011/inboxes/${this.inboxes.length}`, (body: Json) => {
      const isTaken = take(body)
      if (!isTaken) onRefused({ status: 400, reason: 'the body is no event that the step waits for' })
      return isTaken
    })
    this.inboxes.push(inbox)
    return inbox
  }

  onStray(listener: (refusal: DeliveryRefusal) => void): void {
    this.#onStray = listener
  }

  /** Something came to a path that belongs to nobody. */
  stray(refusal: DeliveryRefusal): void {
    this.#onStray(refusal)
  }

  async close(): Promise<void> {
    this.isClosed = true
  }
}
