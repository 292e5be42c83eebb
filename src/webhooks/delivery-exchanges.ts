import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { DeliveryRefusal } from '../model/inbox.ts'
import type { DeliveryDesk, Visitor } from './delivery-desk.ts'
import { receiveBody } from './receive-body.ts'

/** A request that came in, and its answer. */
interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

interface ExchangeOptions {
  /** Largest body, in bytes. */
  readonly bodyBytes: number
  /** Told of what was no request at all. */
  readonly onMalformed: (refusal: DeliveryRefusal) => void
}

/** How long a sender that was answered before it had sent everything may go on, so that the answer reaches it. */
const LINGER_MS = 1_000

const TOO_LARGE: DeliveryRefusal = { status: 413, reason: 'the body is too large' }
const CUT_OFF: DeliveryRefusal = { status: 408, reason: 'the body did not come to its end' }

/** What Node's parser says of something that is no good request; everything else is no HTTP. */
const MALFORMED: Readonly<Record<string, DeliveryRefusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, reason: 'the request came too slowly' },
  HPE_HEADER_OVERFLOW: { status: 431, reason: 'the head of the request is too large' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, reason: 'the extensions of a chunk are too large' },
}

/** The HTTP of deliveries: reads what may be read, and answers also what is no request. */
export class DeliveryExchanges {
  readonly #desk: DeliveryDesk
  readonly #options: ExchangeOptions
  /** The request that is being worked on, by its connection; none between two requests. */
  readonly #atWork = new WeakMap<Socket, Exchange>()

  constructor(desk: DeliveryDesk, options: ExchangeOptions) {
    this.#desk = desk
    this.#options = options
  }

  /** Never rejects, except for a bug. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers, socket } = request
    const exchange: Exchange = { request, response }
    this.#atWork.set(socket, exchange)
    response.once('close', () => {
      // The next request of the connection may have come in the meantime.
      if (this.#atWork.get(socket) === exchange) this.#atWork.delete(socket)
    })
    const visitor = this.#desk.greet({ method, path: url, headers })
    const refusal = visitor.refusal ?? (await this.#receive(visitor, request, response))
    if (refusal) visitor.refuse(refusal)
    if (refusal !== CUT_OFF) send(request, response, refusal)
  }

  /** Answers what Node's parser gave up, or what came too slowly, and ends the connection. */
  refuse(error: NodeJS.ErrnoException, socket: Socket): void {
    const exchange = this.#atWork.get(socket)
    if (exchange?.request.complete && !exchange.response.headersSent) {
      // What came behind a delivery is at fault, and not the delivery: that one gets its answer, and nothing more is read.
      exchange.response.once('finish', () => socket.destroySoon())
      return
    }
    if (error.code === 'ECONNRESET' || !socket.writable || exchange?.response.headersSent) {
      socket.destroy()
      return
    }
    const refusal = MALFORMED[error.code ?? ''] ?? { status: 400, reason: 'what came is no HTTP' }
    // A delivery whose body is under way is told of when that is cut off, which is now.
    if (!exchange) this.#options.onMalformed(refusal)
    const head = `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`
    socket.end(`${head}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy())
  }

  async #receive(visitor: Visitor, request: IncomingMessage, response: ServerResponse): Promise<DeliveryRefusal | undefined> {
    const { bodyBytes } = this.#options
    const announced = Number(request.headers['content-length'] ?? 0)
    if (announced > bodyBytes) return TOO_LARGE
    if (request.headers.expect !== undefined) response.writeContinue()
    const body = await receiveBody(request, bodyBytes)
    if (body.fault !== undefined) return body.fault === 'too-large' ? TOO_LARGE : CUT_OFF
    return visitor.receive(body.bytes)
  }
}

/** The answer is complete at once; where the sender is still sending, the connection ends when that stops, or soon. */
function send(request: IncomingMessage, response: ServerResponse, refusal: DeliveryRefusal | undefined): void {
  const body = JSON.stringify(refusal ? { error: refusal.reason } : { status: 'received' })
  response.writeHead(refusal?.status ?? 200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(refusal?.status === 405 ? { allow: 'POST' } : {}),
    ...(request.complete ? {} : { connection: 'close' }),
  })
  if (request.complete) {
    response.end(body)
    return
  }
  response.write(body)
  request.resume()
  const linger = setTimeout(() => request.socket.destroy(), LINGER_MS)
  request.once('end', () => response.end())
  request.once('close', () => clearTimeout(linger))
}
