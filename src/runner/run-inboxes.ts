import type { DeliveryRefused, RunEvent } from '../model/event.ts'
import type { DeliveryRefusal, Inbox, Receiver, TakeDelivery } from '../model/inbox.ts'
import { ProblemError } from '../model/problem.ts'

/** Which step of which try an inbox belongs to. */
interface InboxStep {
  readonly scenario: string
  readonly try: number
  readonly step: number
}

/** What `RunInboxes` needs of a run. */
interface Teller {
  readonly atMs: () => number
  readonly emit: (event: RunEvent) => void
}

/** So many refusals have a line of their own each: whoever floods the receiver must not fill the disk. */
const MOST_TOLD = 1_000

/** All inboxes of a run: each is told of when it is closed, and once more at the end of the run where something came too late for it. */
export class RunInboxes {
  readonly #receiver: Receiver | undefined
  readonly #teller: Teller
  #told = 0
  /** Refusals beyond those, by their status: the first of them, and how many. */
  readonly #untold = new Map<number, { readonly refusal: DeliveryRefusal; times: number }>()
  readonly #closed: { readonly of: InboxStep; readonly inbox: Inbox }[] = []

  constructor(receiver: Receiver | undefined, teller: Teller) {
    this.#receiver = receiver
    this.#teller = teller
    receiver?.onStray((refusal) => this.#tellRefusal(refusal))
  }

  /** Rejects with a `ProblemError` where nothing can be received. */
  async open(of: InboxStep, take: TakeDelivery): Promise<Inbox> {
    if (!this.#receiver) throw noReceiver()
    const inbox = await this.#receiver.open({ take, onRefused: (refusal) => this.#tellRefusal(refusal, of) })
    let isOpen = true
    return {
      url: inbox.url,
      get counts() {
        return inbox.counts
      },
      close: () => {
        if (!isOpen) return
        isOpen = false
        this.#close(of, inbox)
      },
    }
  }

  /** Ends all receiving and tells what came too late. Never rejects. */
  async close(): Promise<void> {
    await this.#receiver?.close()
    for (const { refusal, times } of this.#untold.values()) this.#emitRefusal({ ...refusal, times })
    for (const { of, inbox } of this.#closed) {
      const { late } = inbox.counts
      if (late > 0) this.#teller.emit({ type: 'deliveries-late', atMs: this.#teller.atMs(), ...of, late })
    }
  }

  #close(of: InboxStep, inbox: Inbox): void {
    inbox.close()
    this.#closed.push({ of, inbox })
    const { taken, refused } = inbox.counts
    this.#teller.emit({ type: 'inbox-closed', atMs: this.#teller.atMs(), ...of, taken, refused })
  }

  #tellRefusal(refusal: DeliveryRefusal, of?: InboxStep): void {
    this.#told += 1
    if (this.#told <= MOST_TOLD) this.#emitRefusal({ ...of, ...refusal })
    else this.#count(refusal)
  }

  #count(refusal: DeliveryRefusal): void {
    const untold = this.#untold.get(refusal.status) ?? { refusal, times: 0 }
    untold.times += 1
    this.#untold.set(refusal.status, untold)
  }

  #emitRefusal(refusal: Omit<DeliveryRefused, 'type' | 'atMs'>): void {
    this.#teller.emit({ type: 'delivery-refused', atMs: this.#teller.atMs(), ...refusal })
  }
}

function noReceiver(): ProblemError {
  return new ProblemError({
    code: 'RECEIVER_UNAVAILABLE',
    message: 'the step waits for what the target sends, and this run can receive nothing',
    advice: 'run it with the command line or with runScenarios, which bring a receiver',
  })
}
