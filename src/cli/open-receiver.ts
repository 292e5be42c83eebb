import type { Resolution } from '../config/resolve-settings.ts'
import type { ReceiverSettings, Settings } from '../config/settings.ts'
import { FaultError } from '../model/fault.ts'
import type { DeliveryRefusal, Receiver } from '../model/inbox.ts'
import type { LoadedFile } from '../runner/run-options.ts'
import { stepKinds } from '../steps/kinds.ts'
import type { StepSettings } from '../steps/step-settings.ts'
import type { WebhookReceiver } from '../webhooks/receiver.ts'
import type { WebhookKey } from '../webhooks/signature.ts'
import { KEY_OF_RECEIVER, readWebhookKey } from './read-webhook-key.ts'
import type { World } from './world.ts'

/** A receiver, and the files of a run, which may have been looked through for it. */
export interface OpenReceiver {
  readonly receiver: Receiver
  readonly files: Iterable<LoadedFile>
}

/**
 * Makes the receiver of a run. It listens only once a step wants it, except where an address is configured: then files are looked through,
 * and where one of their steps wants it, it listens at once. Rejects with a `FaultError` where it cannot, and where its key is not there.
 */
export async function openReceiver(
  { settings, resolution, files }: { readonly settings: Settings; readonly resolution: Resolution; readonly files: Iterable<LoadedFile> },
  world: World,
): Promise<OpenReceiver> {
  const { receiver: address } = settings.webhooks
  const key = address.secret && (await readWebhookKey(address.secret, KEY_OF_RECEIVER, resolution, world))
  const receiver = new LazyReceiver(() => load(address, key, world))
  const isPinned = address.port !== 0 || sourceOf(resolution, 'webhooks.receiver.host') !== 'default'
  if (!isPinned) return { receiver, files }
  const read = [...files]
  if (read.some((file) => wantsReceiver(file, settings))) await listenNow(receiver, address)
  return { receiver, files: read }
}

function sourceOf({ effective }: Resolution, setting: string): string | undefined {
  return effective.find(({ name }) => name === setting)?.origin.kind
}

function wantsReceiver({ suite }: LoadedFile, settings: StepSettings): boolean {
  const scenarios = suite?.scenarios ?? []
  const steps = scenarios.filter(({ skip }) => skip === undefined).flatMap(({ steps, teardown = [] }) => [...steps, ...teardown])
  return steps.some((step) => stepKinds.get(step.kind)?.receives?.(step.input, step.expect, settings))
}

async function load(address: ReceiverSettings, key: WebhookKey | undefined, world: World): Promise<WebhookReceiver> {
  const { createReceiver } = await import('../webhooks/receiver.ts')
  const { host, port, publicUrl } = address
  return createReceiver({
    clock: world.clock,
    host,
    port,
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(key ? { key } : {}),
    onSecret: (path) => world.secrets.add(path),
  })
}

async function listenNow(receiver: LazyReceiver, address: ReceiverSettings): Promise<void> {
  try {
    await receiver.listen()
  } catch (error) {
    const { cannotListen } = await import('../webhooks/receiver.ts')
    throw new FaultError([cannotListen(address, error)])
  }
}

/** Loads its code, and listens, only when it is wanted: most runs never do. */
class LazyReceiver implements Receiver {
  readonly #load: () => Promise<WebhookReceiver>
  #loaded: Promise<WebhookReceiver> | undefined
  #onStray: (refusal: DeliveryRefusal) => void = () => undefined

  constructor(load: () => Promise<WebhookReceiver>) {
    this.#load = load
  }

  async open(owner: Parameters<Receiver['open']>[0]) {
    return (await this.#receiver()).open(owner)
  }

  async listen(): Promise<void> {
    await (await this.#receiver()).listen()
  }

  onStray(listener: (refusal: DeliveryRefusal) => void): void {
    this.#onStray = listener
  }

  async close(): Promise<void> {
    await (await this.#loaded)?.close()
  }

  #receiver(): Promise<WebhookReceiver> {
    this.#loaded ??= this.#load().then((receiver) => {
      receiver.onStray((refusal) => this.#onStray(refusal))
      return receiver
    })
    return this.#loaded
  }
}
