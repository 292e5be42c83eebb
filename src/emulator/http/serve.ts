import { createServer, type Server, type ServerResponse } from 'node:http'
import { isIPv6 } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Clock } from '../../model/clock.ts'
import type { Emulator } from '../emulator.ts'
import { listen } from './listen.ts'
import { answerParserError, rawAnswer } from './raw-answer.ts'
import { announcesTooMuch } from './read-body.ts'
import { createRequestListener } from './request-listener.ts'

export interface ServeOptions {
  /** Name or address to listen at; anything but loopback opens the emulator to the network. @default '127.0.0.1' */
  readonly host?: string
  /** 0 takes a free one. @default 0 */
  readonly port?: number
  /** How long a client may take for the headers. @default 10000 */
  readonly headersTimeoutMs?: number
  /** How long a client may take for the whole request. @default 30000 */
  readonly requestTimeoutMs?: number
  /** How long `close` waits for requests in work. @default 2000 */
  readonly closeGraceMs?: number
  /** Told of every bug of the emulator's own; the request is answered 500. @default nobody is told */
  readonly onBug?: (error: unknown) => void
}

/** An emulator on a port. */
export interface EmulatorServer {
  /** `http://127.0.0.1:4010`, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** Takes no more connections. Resolves when requests in work are answered, or cut off after the grace. */
  readonly close: () => Promise<void>
}

const MAX_HEADER_BYTES = 16_384
/** Longer than clients keep an idle connection, so that it is they who close it and no request meets a closing one. */
const KEEP_ALIVE_MS = 120_000
/** How often the time-outs are looked after. */
const CHECK_EVERY_MS = 500

/** Puts an emulator on a port. Resolves when it listens; rejects with a `FaultError` where it cannot. */
export async function serve(emulator: Emulator, options: ServeOptions = {}): Promise<EmulatorServer> {
  const { host = '127.0.0.1', closeGraceMs = 2_000 } = options
  const server = createHttpServer(emulator, options)
  const port = await listen(server, host, options.port ?? 0)
  return {
    url: `http://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    port,
    close: () => close(server, closeGraceMs, emulator.settings.clock),
  }
}

function createHttpServer(emulator: Emulator, options: ServeOptions): Server {
  const { headersTimeoutMs = 10_000, requestTimeoutMs = 30_000, onBug = () => undefined } = options
  const answer = createRequestListener(emulator, onBug)
  const inWork = new WeakMap<Duplex, ServerResponse>()
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: CHECK_EVERY_MS,
  })
  server.on('request', (request, response) => {
    inWork.set(request.socket, response)
    response.once('close', () => {
      if (!server.listening) server.closeIdleConnections()
    })
    void answer(request, response)
  })
  server.on('checkContinue', (request, response) => {
    if (!announcesTooMuch(request, emulator.settings.maxBodyBytes)) response.writeContinue()
    server.emit('request', request, response)
  })
  server.on('connect', (_request, socket) => rawAnswer(socket, 405, 'method_not_allowed', 'this is no proxy'))
  server.on('clientError', (error, socket) => {
    const response = inWork.get(socket)
    if (response?.headersSent && !response.writableFinished) socket.destroy()
    else answerParserError(error, socket)
  })
  return server
}

async function close(server: Server, graceMs: number, clock: Clock): Promise<void> {
  const isClosed = new AbortController()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  void closed.then(() => isClosed.abort())
  await clock.sleep(graceMs, isClosed.signal).then(
    () => server.closeAllConnections(),
    () => undefined,
  )
  await closed
}
