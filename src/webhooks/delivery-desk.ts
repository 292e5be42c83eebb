import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { JsonError, parseJson } from '../api/parse-json.ts'
import type { Clock } from '../model/clock.ts'
import type { DeliveryRefusal, Inbox, InboxOwner } from '../model/inbox.ts'
import { OpenInbox } from './open-inbox.ts'
import { signatureFault, type WebhookKey } from './signature.ts'

/** The head of a request that came in. Header names in lower case. */
export interface DeliveryHead {
  readonly method: string
  /** As it was asked for, with a query if there is one. */
  readonly path: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

export interface DeskOptions {
  readonly clock: Clock
  /** With it, every delivery has to be signed. */
  readonly key?: WebhookKey
  /** Told of what is refused and belongs to no inbox. */
  readonly onStray: (refusal: DeliveryRefusal) => void
}

/** Somebody who wants to deliver: seen by the head alone, so that nothing has to be read of a body that nobody wants. */
export interface Visitor {
  /** Why the head does not do. */
  readonly refusal?: DeliveryRefusal
  /** Counts and tells that the visitor was sent away. */
  refuse(refusal: DeliveryRefusal): void
  /** Takes the body; yields why it does not do. */
  receive(body: Uint8Array): DeliveryRefusal | undefined
}

/** 192 bits: nobody guesses it. */
const TOKEN_BYTES = 24

/**
 * Decides about deliveries, without a network: for whom they are, whether they are genuine, and how they are answered. An inbox is found by
 * a path of two secrets, one of the desk and one of its own.
 */
export class DeliveryDesk {
  /** Stands in the path of every inbox: where it is masked, none of them can be reached. */
  readonly token = newToken()
  readonly #options: DeskOptions
  /** By the digest of its own secret, so that the time to find one tells nothing of the others. */
  readonly #inboxes = new Map<string, OpenInbox>()

  constructor(options: DeskOptions) {
    this.#options = options
  }

  /** `baseUrl`: where senders find the desk, without a slash at the end. */
  open(baseUrl: string, owner: InboxOwner): Inbox {
    const own = newToken()
    const inbox = new OpenInbox(`${baseUrl}/${this.token}/${own}`, owner)
    this.#inboxes.set(digest(own).toString('hex'), inbox)
    return inbox
  }

  greet(head: DeliveryHead): Visitor {
    const inbox = this.#find(head.path)
    const refusal = refusalOf(head, inbox)
    return {
      ...(refusal ? { refusal } : {}),
      refuse: (why) => (inbox ? inbox.refuse(why) : this.#options.onStray(why)),
      receive: (body) => this.#unsigned(head, body) ?? (inbox && hand(body, inbox)),
    }
  }

  #unsigned({ headers }: DeliveryHead, body: Uint8Array): DeliveryRefusal | undefined {
    const { key, clock } = this.#options
    const reason = key && signatureFault(key, headers, body, clock.date())
    return reason === undefined ? undefined : { status: 401, reason }
  }

  #find(path: string): OpenInbox | undefined {
    const [own = '', token = ''] = (path.split('?')[0] ?? '').split('/').reverse()
    const isOurs = timingSafeEqual(digest(token), digest(this.token))
    const inbox = this.#inboxes.get(digest(own).toString('hex'))
    return isOurs ? inbox : undefined
  }
}

function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function refusalOf({ method, headers }: DeliveryHead, inbox: OpenInbox | undefined): DeliveryRefusal | undefined {
  if (method !== 'POST') return { status: 405, reason: 'only POST is taken' }
  if (!inbox) return { status: 404, reason: 'there is no inbox at this path' }
  const encoding = headers['content-encoding'] ?? 'identity'
  return encoding === 'identity' ? undefined : { status: 415, reason: 'the body is compressed' }
}

function hand(bytes: Uint8Array, inbox: OpenInbox): DeliveryRefusal | undefined {
  try {
    const body = parseJson(bytes)
    return body === undefined ? { status: 400, reason: 'the body is empty' } : inbox.take(body)
  } catch (error) {
    if (error instanceof JsonError) return { status: 400, reason: `the body ${error.message}` }
    throw error
  }
}
