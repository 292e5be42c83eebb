import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import type { Clock } from '../model/clock.ts'
import type { Alarm, Bell } from './alarm.ts'
import { BodyReader } from './body-reader.ts'
import type { HttpAnswer, HttpRequest } from './send.ts'
import { late, TransportError, toTransportError } from './transport-error.ts'

/** What bounds an exchange, and the one alarm for all of them. */
export interface ExchangeLimits {
  readonly clock: Clock
  readonly alarm: Alarm
  readonly timeouts: {
    /** To have a connection. */
    readonly connectMs: number
    /** From then until the headers of the answer. */
    readonly headersMs: number
    /** From then until the end of its body, however steadily it drips. */
    readonly bodyMs: number
  }
  readonly answerBytes: number
}

interface Address {
  readonly url: string
  readonly origin: string
  readonly path: string
}

let last: Address = { url: '', origin: '', path: '' }

/** An address in the parts that undici asks for. Many requests in a row go to the same one, and parsing it takes several microseconds. */
function addressOf(url: string): Address {
  if (url === last.url) return last
  const { origin, pathname, search } = new URL(url)
  last = { url, origin, path: pathname + search }
  return last
}

/** One request through undici's dispatcher, without the streams that `request` and `fetch` would make. For a single use. */
export class UndiciExchange implements Dispatcher.DispatchHandler {
  readonly #request: HttpRequest
  readonly #limits: ExchangeLimits
  readonly #onAbort = (): void => this.#fail(this.#request.signal.reason)
  #resolve: (answer: HttpAnswer) => void = () => {}
  #reject: (reason: unknown) => void = () => {}
  #controller: Dispatcher.DispatchController | undefined
  #head: Omit<HttpAnswer, 'body'> | undefined
  #reader: BodyReader | undefined
  #bell: Bell | undefined
  #over = false

  constructor(request: HttpRequest, limits: ExchangeLimits) {
    this.#request = request
    this.#limits = limits
  }

  /** Sends the request. Resolves with the whole answer; rejects with a `TransportError`, or with the signal's reason. */
  through(dispatcher: Dispatcher): Promise<HttpAnswer> {
    const { method, url, headers, body, signal } = this.#request
    return new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
      if (signal.aborted) return this.#onAbort()
      signal.addEventListener('abort', this.#onAbort, { once: true })
      this.#await(this.#limits.timeouts.connectMs, 'no connection came about', 'unreachable')
      const { origin, path } = addressOf(url)
      dispatcher.dispatch({ origin, path, method, headers, body: body ?? null }, this)
    })
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#over) {
      // It was given up while it waited for its connection: now it is not sent at all.
      controller.abort(new Error('given up'))
      return
    }
    this.#controller = controller
    this.#await(this.#limits.timeouts.headersMs, 'no answer began', 'timeout')
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return
    this.#head = { status, headers: joined(headers) }
    this.#reader = new BodyReader({
      encoding: this.#head.headers['content-encoding'],
      limitBytes: this.#limits.answerBytes,
      done: (body) => this.#succeed(body),
      failed: (fault, message, cause) => this.#fail(new TransportError(fault, message, { sent: true, partial: this.#partial(), cause })),
    })
    this.#await(this.#limits.timeouts.bodyMs, 'the body of the answer did not end', 'timeout')
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#reader?.write(chunk, () => controller.resume())) controller.pause()
  }

  onResponseEnd(): void {
    this.#reader?.end()
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#fail(error)
  }

  #await(ms: number, what: string, fault: 'unreachable' | 'timeout'): void {
    const { alarm, clock } = this.#limits
    const { deadlineAtMs = Number.POSITIVE_INFINITY } = this.#request
    const endAtMs = clock.now() + ms
    const error = (): TransportError =>
      endAtMs < deadlineAtMs ? new TransportError(fault, `${what} within ${ms} ms`, this.#state()) : late(this.#state())
    alarm.clear(this.#bell)
    this.#bell = alarm.set(Math.min(endAtMs, deadlineAtMs), () => this.#fail(error()))
  }

  #state(): { readonly sent: boolean; readonly partial: HttpAnswer | undefined } {
    return { sent: this.#controller !== undefined, partial: this.#partial() }
  }

  #partial(): HttpAnswer | undefined {
    return this.#head && { ...this.#head, body: this.#reader?.beginning() ?? new Uint8Array() }
  }

  #succeed(body: Uint8Array): void {
    if (this.#over || !this.#head) return
    this.#end()
    const { status, headers } = this.#head
    this.#resolve({ status, headers, body })
  }

  #fail(reason: unknown): void {
    if (this.#over) return
    const error = this.#request.signal.aborted ? this.#request.signal.reason : toTransportError(reason, this.#state())
    this.#end()
    this.#reader?.stop()
    this.#reject(error)
    this.#controller?.abort(new Error('given up'))
  }

  #end(): void {
    this.#over = true
    this.#limits.alarm.clear(this.#bell)
    this.#request.signal.removeEventListener('abort', this.#onAbort)
  }
}

function joined(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    texts[name] = Array.isArray(value) ? value.join(', ') : (value ?? '')
  }
  return texts
}
