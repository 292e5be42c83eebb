import pLimit from 'p-limit'
import type { Clock } from '../../model/clock.ts'
import type { WebhookFaults } from '../faults/fault-plan.ts'
import type { OpenDelivery } from '../history.ts'
import { share } from '../random.ts'
import type { Deliver } from './deliver.ts'
import { webhookHeaders } from './sign.ts'
import { webhookFate } from './webhook-fate.ts'
import type { WebhookSettings } from './webhook-options.ts'

/** Something to tell: a body for whoever listens at a URL. */
export interface Webhook {
  /** Stays the same for every try and copy, so that a receiver can tell a repetition. */
  readonly id: string
  /** The job that it tells of. Webhooks of one job overtake each other only where the fault plan says so. */
  readonly job: string
  readonly url: string
  readonly body: string
  /** Beside those of every webhook. */
  readonly headers?: Readonly<Record<string, string>>
}

/** What an outbox works with. */
export interface OutboxMeans {
  readonly clock: Clock
  readonly deliver: Deliver
  readonly settings: WebhookSettings
  /** The faults of this moment, and the seed of their dice. */
  readonly faults: () => { readonly seed?: number; readonly webhooks?: WebhookFaults }
  readonly record: (delivery: OpenDelivery) => void
  /** Ends everything that is still waiting. */
  readonly closing: AbortSignal
}

const OK = { least: 200, most: 299 }
/** Answers to which another try may help: the receiver was slow, early or busy; a 5xx may help too. */
const WORTH_ANOTHER_TRY = new Set([408, 425, 429])
const EXCERPT_CHARACTERS = 2_000

/** Sends webhooks: some at once, again with backoff where a receiver does not take them, and never more waiting than it may hold. */
export class Outbox {
  readonly #means: OutboxMeans
  readonly #inTurn: ReturnType<typeof pLimit>
  readonly #overtaken = new Map<string, () => void>()
  #waiting = 0

  constructor(means: OutboxMeans) {
    this.#means = means
    this.#inTurn = pLimit(means.settings.atOnce)
  }

  /** Takes a webhook and returns at once; what becomes of it stands in its record. */
  post(webhook: Webhook): void {
    const { seed = 1, webhooks = {} } = this.#means.faults()
    const { fault, isLost, isDoubled, isOvertaken, lateMs } = webhookFate(webhook.id, webhooks, seed)
    const isFull = this.#waiting >= this.#means.settings.maxWaiting
    const result = isLost ? 'lost' : isFull ? 'dropped' : 'waiting'
    const records = Array.from({ length: isDoubled ? 2 : 1 }, () => newDelivery(webhook, result, fault))
    for (const record of records) this.#means.record(record)
    const send = (): void => {
      for (const record of records) void this.#carry(webhook, record, lateMs)
    }
    if (result === 'waiting' && isOvertaken) this.#letOvertake(webhook.job, send)
    else if (result === 'waiting') this.#sendBefore(webhook.job, send)
  }

  /** Sends what waits to be overtaken, since nothing will come that could. */
  finish(job: string): void {
    const send = this.#overtaken.get(job)
    this.#overtaken.delete(job)
    send?.()
  }

  #letOvertake(job: string, send: () => void): void {
    this.finish(job)
    this.#overtaken.set(job, send)
  }

  #sendBefore(job: string, send: () => void): void {
    send()
    this.finish(job)
  }

  async #carry(webhook: Webhook, record: OpenDelivery, lateMs: number): Promise<void> {
    const { clock, closing } = this.#means
    this.#waiting += 1
    try {
      if (lateMs > 0) await clock.sleep(lateMs, closing)
      record.result = await this.#tryOften(webhook, record)
    } catch (error) {
      if (!closing.aborted) throw error
      record.result = 'dropped'
    } finally {
      this.#waiting -= 1
    }
  }

  async #tryOften(webhook: Webhook, record: OpenDelivery): Promise<'delivered' | 'failed'> {
    const { clock, closing, settings } = this.#means
    for (let tries = 1; ; tries += 1) {
      const status = await this.#inTurn(() => this.#try(webhook, record))
      if (status !== undefined && status >= OK.least && status <= OK.most) return 'delivered'
      const isFinal = status !== undefined && status < 500 && !WORTH_ANOTHER_TRY.has(status)
      if (isFinal || tries >= settings.maxTries) return 'failed'
      const backoffMs = settings.backoffMs * 2 ** (tries - 1)
      await clock.sleep(backoffMs * (0.5 + share(`${webhook.id}:${tries}`) / 2), closing)
    }
  }

  /** The status of the answer; `undefined` where there is none. */
  async #try({ id, url, body, headers: further }: Webhook, record: OpenDelivery): Promise<number | undefined> {
    const { clock, closing, deliver, settings } = this.#means
    closing.throwIfAborted()
    const atMs = clock.now()
    const headers = { ...further, ...webhookHeaders(id, clock.date(), body, settings.secret) }
    try {
      const { status } = await deliver({ url, headers, body, timeoutMs: settings.timeoutMs, signal: closing })
      record.tries.push({ atMs, status })
      return status
    } catch (error) {
      closing.throwIfAborted()
      record.tries.push({ atMs, error: error instanceof Error ? error.message : String(error) })
      return undefined
    }
  }
}

function newDelivery({ id, job, url, body }: Webhook, result: OpenDelivery['result'], fault: string | undefined): OpenDelivery {
  return { id, job, url, body: body.slice(0, EXCERPT_CHARACTERS), tries: [], result, ...(fault !== undefined && { fault }) }
}
