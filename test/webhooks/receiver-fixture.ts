import { connect, type Socket } from 'node:net'
import type { DeliveryRefusal, Inbox } from '../../src/model/inbox.ts'
import { isJsonObject, type Json } from '../../src/model/json.ts'
import { createReceiver, type ReceiverOptions, type WebhookReceiver } from '../../src/webhooks/receiver.ts'
import { FakeClock } from '../support/fake-clock.ts'

/** A receiver on a port of its own with one inbox, and all that was told of them. */
export interface OpenReceiver {
  readonly receiver: WebhookReceiver
  readonly inbox: Inbox
  readonly port: number
  /** The path of the inbox. */
  readonly path: string
  readonly taken: Json[]
  /** Refused at the inbox. */
  readonly refused: DeliveryRefusal[]
  readonly strays: DeliveryRefusal[]
  readonly secrets: string[]
}

const open: WebhookReceiver[] = []

/** Closes every receiver that {@link openReceiver} opened; for `afterEach`. */
export async function closeReceivers(): Promise<void> {
  await Promise.all(open.splice(0).map((receiver) => receiver.close()))
}

/** Its inbox takes objects that have a `callId`. */
export async function openReceiver(options: Partial<ReceiverOptions> = {}): Promise<OpenReceiver> {
  const told = { taken: [] as Json[], refused: [] as DeliveryRefusal[], strays: [] as DeliveryRefusal[], secrets: [] as string[] }
  const receiver = createReceiver({ clock: new FakeClock(), onSecret: (secret) => told.secrets.push(secret), ...options })
  open.push(receiver)
  receiver.onStray((refusal) => told.strays.push(refusal))
  const inbox = await receiver.open({
    take: (body) => {
      const isEvent = isJsonObject(body) && typeof body['callId'] === 'string'
      if (isEvent) told.taken.push(body)
      return isEvent
    },
    onRefused: (refusal) => told.refused.push(refusal),
  })
  const { port } = await receiver.listen()
  return { receiver, inbox, port, path: new URL(inbox.url).pathname, ...told }
}

/** A connection of which everything that comes is kept. Resolves once it stands. */
export async function rawSocket(port: number): Promise<{ readonly socket: Socket; readonly answer: Promise<string> }> {
  const socket = connect(port, '127.0.0.1')
  let received = ''
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1')
  })
  const answer = new Promise<string>((resolve) => {
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(received))
  })
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  return { socket, answer }
}

/** Everything that is answered to these bytes until the connection ends. */
export async function exchange(port: number, bytes: string): Promise<string> {
  const { socket, answer } = await rawSocket(port)
  socket.write(bytes)
  return answer
}
