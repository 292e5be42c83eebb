import type { Clock } from '../model/clock.ts'
import type { Notification, NotificationKind } from './notification.ts'
import type { PostWebhook } from './poster.ts'
import { signatureHeaders, type WebhookKey } from './signature.ts'

/** Somebody who wants to know. */
export interface Subscriber {
  readonly url: string
  readonly key: WebhookKey
  readonly kinds: readonly NotificationKind[]
}

/** What a mailbag works with. */
export interface MailbagMeans {
  readonly clock: Clock
  readonly post: PostWebhook
  /** Even in [0, 1): spreads waits. */
  readonly random: () => number
  /** Ends everything that is under way or waits. */
  readonly signal: AbortSignal
}

/** So many may wait; what comes beyond that is not told. */
const MOST_WAITING = 1_000
const MAX_TRIES = 5
const TRY_TIMEOUT_MS = 5_000
/** Before the second try; it doubles with each further one, and up to half of it is left to chance. */
const BACKOFF_MS = 250

/** Answers after which another try may help; 5xx may help too. */
const WORTH_ANOTHER_TRY: ReadonlySet<number> = new Set([408, 425, 429])
/** The receiver wants no more, ever. */
const GONE = 410

/** Brings notifications to one subscriber, one after the other and in order, again with backoff where they are not taken. */
export class Mailbag {
  readonly #subscriber: Subscriber
  readonly #means: MailbagMeans
  readonly #waiting: Notification[] = []
  #carrying: Promise<void> | undefined
  #isGone = false
  #undelivered = 0
  #lastReason = ''

  constructor(subscriber: Subscriber, means: MailbagMeans) {
    this.#subscriber = subscriber
    this.#means = means
  }

  /** Takes a notification and returns at once. */
  add(notification: Notification): void {
    if (!this.#subscriber.kinds.includes(notification.kind)) return
    if (this.#waiting.length < MOST_WAITING) this.#waiting.push(notification)
    else this.#giveUp('too many were waiting')
    this.#carrying ??= this.#carryAll()
  }

  /** Resolves once nothing is under way or waits any more. Never rejects. */
  async emptied(): Promise<void> {
    await this.#carrying
  }

  /** How many could not be delivered, and why the last of them, as a sentence; `undefined` where all were. Its address is cut: many keep a secret there. */
  get complaint(): string | undefined {
    if (this.#undelivered === 0) return undefined
    const what = this.#undelivered === 1 ? 'one notification' : `${this.#undelivered} notifications`
    return `${what} could not be delivered to ${new URL(this.#subscriber.url).origin}: ${this.#lastReason}`
  }

  async #carryAll(): Promise<void> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const reason = await this.#carry(next).catch(() => 'the run had ended')
      if (reason !== undefined) this.#giveUp(reason)
    }
    this.#carrying = undefined
  }

  /** Why it could not be delivered. Rejects where the signal aborts. */
  async #carry(notification: Notification): Promise<string | undefined> {
    const { clock, random, signal } = this.#means
    if (this.#isGone) return 'the receiver wants no more'
    for (let tries = 1; ; tries += 1) {
      signal.throwIfAborted()
      const reply = await this.#try(notification)
      signal.throwIfAborted()
      if (reply.isTaken) return undefined
      this.#isGone = reply.status === GONE
      if (!reply.isWorthAnother || tries >= MAX_TRIES) return reply.reason
      const backoffMs = BACKOFF_MS * 2 ** (tries - 1)
      await clock.sleep(backoffMs * (0.5 + random() / 2), signal)
    }
  }

  async #try({ id, body: value }: Notification): Promise<Reply> {
    const { clock, post, signal } = this.#means
    const { url, key } = this.#subscriber
    const body = JSON.stringify(value)
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'cxspec',
      ...signatureHeaders(key, { id, date: clock.date(), body }),
    }
    try {
      const { status } = await post({ url, headers, body, timeoutMs: TRY_TIMEOUT_MS, signal })
      const isWorthAnother = status >= 500 || WORTH_ANOTHER_TRY.has(status)
      return { isTaken: status >= 200 && status < 300, isWorthAnother, status, reason: `the answer was ${status}` }
    } catch (error) {
      return { isTaken: false, isWorthAnother: true, reason: error instanceof Error ? error.message : String(error) }
    }
  }

  #giveUp(reason: string): void {
    this.#undelivered += 1
    this.#lastReason = reason
  }
}

interface Reply {
  readonly isTaken: boolean
  readonly isWorthAnother: boolean
  readonly status?: number
  readonly reason: string
}
