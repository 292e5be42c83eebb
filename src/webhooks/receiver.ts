import type { AddressInfo } from 'node:net'
import type { Clock } from '../model/clock.ts'
import type { DeliveryRefusal, Inbox, InboxOwner, Receiver } from '../model/inbox.ts'
import { ProblemError } from '../model/problem.ts'
import { DeliveryDesk } from './delivery-desk.ts'
import { type DeliveryLimits, type DeliveryServer, listenForDeliveries } from './delivery-server.ts'
import type { WebhookKey } from './signature.ts'

/** Where deliveries are taken, and from whom. */
export interface ReceiverOptions {
  readonly clock: Clock
  /** The address to listen on. @default 127.0.0.1: reachable from this machine only */
  readonly host?: string
  /** @default 0: a free one */
  readonly port?: number
  /** Where senders find the receiver, e.g. behind a proxy or a tunnel. @default the address that it listens on */
  readonly publicUrl?: string
  /** With it, every delivery has to be signed. */
  readonly key?: WebhookKey
  /** Told the secret in the path of every inbox, before any inbox is opened. */
  readonly onSecret: (secret: string) => void
  readonly limits?: Partial<DeliveryLimits>
}

/** A receiver whose port can be taken before anything needs it. */
export interface WebhookReceiver extends Receiver {
  /** Begins to listen, and tells where. Rejects with what the system says, e.g. `EADDRINUSE`. May be called again. */
  listen(): Promise<AddressInfo>
}

const DEFAULT_HOST = '127.0.0.1'

/** What an event of a call takes is far below all of these. */
const DEFAULT_LIMITS: DeliveryLimits = { bodyBytes: 1_000_000, headersMs: 5_000, requestMs: 10_000, connections: 256 }

/** Makes a receiver that listens from its first inbox on, or from `listen`. */
export function createReceiver(options: ReceiverOptions): WebhookReceiver {
  return new HttpReceiver(options)
}

class HttpReceiver implements WebhookReceiver {
  readonly #options: ReceiverOptions
  readonly #desk: DeliveryDesk
  #server: Promise<DeliveryServer> | undefined
  #onStray: (refusal: DeliveryRefusal) => void = () => undefined

  constructor(options: ReceiverOptions) {
    this.#options = options
    const { clock, key } = options
    this.#desk = new DeliveryDesk({ clock, ...(key ? { key } : {}), onStray: (refusal) => this.#onStray(refusal) })
    options.onSecret(this.#desk.token)
  }

  async listen(): Promise<AddressInfo> {
    return (await this.#listening()).address
  }

  async open(owner: InboxOwner): Promise<Inbox> {
    try {
      const address = await this.listen()
      return this.#desk.open(this.#options.publicUrl ?? urlOf(address), owner)
    } catch (error) {
      throw new ProblemError(cannotListen(this.#options, error), { cause: error })
    }
  }

  onStray(listener: (refusal: DeliveryRefusal) => void): void {
    this.#onStray = listener
  }

  async close(): Promise<void> {
    const server = await this.#server?.catch(() => undefined)
    await server?.close()
  }

  #listening(): Promise<DeliveryServer> {
    const { host = DEFAULT_HOST, port = 0, limits } = this.#options
    this.#server ??= listenForDeliveries(this.#desk, {
      host,
      port,
      limits: { ...DEFAULT_LIMITS, ...limits },
      onMalformed: (refusal) => this.#onStray(refusal),
    })
    return this.#server
  }
}

/** A wildcard address is no place to send to: this machine is. */
function urlOf({ address, family, port }: AddressInfo): string {
  const host = address === '0.0.0.0' || address === '::' ? DEFAULT_HOST : family === 'IPv6' ? `[${address}]` : address
  return `http://${host}:${port}`
}

/** In words for the author of the configuration: what is wrong with the address. */
export function cannotListen({ host = DEFAULT_HOST, port = 0 }: Pick<ReceiverOptions, 'host' | 'port'>, error: unknown) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const why = REASONS[code] ?? (error instanceof Error ? error.message : String(error))
  return {
    code: 'RECEIVER_UNAVAILABLE',
    message: `the receiver of webhooks cannot listen on ${host}:${port}: ${why}`,
    advice: 'choose another address under webhooks.receiver; port 0 takes a free one',
  } as const
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'somebody else listens there',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'permission denied',
  ENOTFOUND: 'there is no host of this name',
}
