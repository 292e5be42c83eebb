import type { Json } from '../model/json.ts'
import type { StopSignal } from '../model/stop-signal.ts'

/** A request as it reached the emulator, whatever brought it there. */
export interface EmulatorRequest {
  readonly method: string
  /** Path and query as sent (`/api/v2/flows/a%20b?x=1`), or the absolute form of a proxy request. */
  readonly url: string
  /** Names in lower case; several values of one name are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>
  /** Without any transfer coding. Absent or empty: the request has no body. */
  readonly body?: string | Uint8Array | undefined
  /** IP address of the other side; absent: the request comes from this process. */
  readonly remoteAddress?: string | undefined
  /** Aborts when the other side is gone; whoever waits for the answer then gets the signal's reason. */
  readonly signal?: StopSignal | undefined
}

/** What the emulator answers, and how the adapter has to deliver it. */
export interface EmulatorAnswer {
  readonly status: number
  /** Names in lower case, `content-length` apart: that is the adapter's. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Absent: whole and at once. */
  readonly delivery?: Delivery
}

/** A disturbed delivery. */
export interface Delivery {
  /** The connection breaks: before the status line, or when half of the body has been sent. */
  readonly drop?: 'before-answer' | 'mid-body'
  /** The body trickles: so many bytes, then a pause in milliseconds. */
  readonly drip?: { readonly bytes: number; readonly everyMs: number }
}

/** One thing that is wrong with a request. */
export interface Reason {
  /** JSON Pointer into the body, or the name of a parameter. */
  readonly field: string
  readonly message: string
}

/** An answer with a JSON body. */
export function jsonAnswer(status: number, body: Json, headers: Readonly<Record<string, string>> = {}): EmulatorAnswer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: JSON.stringify(body) }
}

/** An answer without a body. */
export function emptyAnswer(status: number, headers: Readonly<Record<string, string>> = {}): EmulatorAnswer {
  return { status, headers, body: '' }
}

/** Thrown inside the emulator where a request is refused; `handle` turns it into its answer. */
export class Refusal extends Error {
  readonly answer: EmulatorAnswer

  constructor(answer: EmulatorAnswer) {
    super(`refused with ${answer.status}`)
    this.name = 'Refusal'
    this.answer = answer
  }
}

/** The JSON that every refused request is answered with, token requests apart: `{ error, message, reasons? }`. */
export function errorAnswer(
  status: number,
  error: string,
  message: string,
  extra: { readonly reasons?: readonly Reason[]; readonly headers?: Readonly<Record<string, string>> } = {},
): EmulatorAnswer {
  const reasons = extra.reasons?.map(({ field, message }) => ({ field, message }))
  return jsonAnswer(status, { error, message, ...(reasons && { reasons }) }, extra.headers)
}

/** {@link errorAnswer} as something to throw. */
export function refuse(...refusal: Parameters<typeof errorAnswer>): Refusal {
  return new Refusal(errorAnswer(...refusal))
}
