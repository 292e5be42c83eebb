import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { DeliveryRefusal } from '../model/inbox.ts'
import { Crowd } from './crowd.ts'
import type { DeliveryDesk } from './delivery-desk.ts'
import { DeliveryExchanges } from './delivery-exchanges.ts'

/** What a sender may take of this machine. */
export interface DeliveryLimits {
  /** Largest body, in bytes. */
  readonly bodyBytes: number
  /** Until the head of a request is there, from the connection or the request before. */
  readonly headersMs: number
  /** Until the whole request is there. */
  readonly requestMs: number
  /** Connections at once; the oldest goes when one more comes. */
  readonly connections: number
}

export interface ListenOptions {
  readonly host: string
  /** 0: a free one. */
  readonly port: number
  readonly limits: DeliveryLimits
  /** Told of what was no request at all. */
  readonly onMalformed: (refusal: DeliveryRefusal) => void
}

/** A desk that can be reached. */
export interface DeliveryServer {
  readonly address: AddressInfo
  /** Resolves once nothing is open any more; whoever is being answered is cut off. */
  close(): Promise<void>
}

/** How often a server looks for senders that are too slow. */
const CHECK_EVERY_MS = 250

const MAX_HEADER_BYTES = 16_384

/** Takes deliveries over HTTP. Rejects with what the system says where the address cannot be listened on. */
export function listenForDeliveries(desk: DeliveryDesk, options: ListenOptions): Promise<DeliveryServer> {
  const { host, port, limits, onMalformed } = options
  const crowd = new Crowd(limits.connections)
  const exchanges = new DeliveryExchanges(desk, { bodyBytes: limits.bodyBytes, onMalformed })
  const server = createServer({
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.headersMs,
    connectionsCheckingInterval: CHECK_EVERY_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
  })
  server.on('connection', (socket: Socket) => crowd.add(socket))
  for (const event of ['request', 'checkContinue'] as const) {
    server.on(event, (request, response) => {
      crowd.refresh(request.socket)
      void exchanges.answer(request, response)
    })
  }
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => exchanges.refuse(error, socket))
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve({ address: addressOf(server), close: () => close(server) })
    })
  })
}

function addressOf(server: Server): AddressInfo {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a server on a host and a port has an address')
  return address
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
