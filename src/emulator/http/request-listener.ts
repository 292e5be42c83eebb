import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Emulator } from '../emulator.ts'
import { type EmulatorRequest, errorAnswer } from '../exchange.ts'
import { readBody } from './read-body.ts'
import { refuseBody } from './refuse-body.ts'
import { sendAnswer } from './send-answer.ts'

/** Reads a request, has it answered and delivers the answer. Never rejects: `onBug` is told of a bug of the emulator's own, which is answered 500. */
export function createRequestListener(
  emulator: Emulator,
  onBug: (error: unknown) => void,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { maxBodyBytes, clock } = emulator.settings
  return async (request, response) => {
    const gone = new AbortController()
    response.once('close', () => gone.abort(new Error('the client has gone')))
    try {
      const body = await readBody(request, maxBodyBytes)
      if (body === 'aborted') return
      if (body === 'too-large') return await refuseBody(request, response, maxBodyBytes, clock)
      const answer = await emulator.handle(toEmulatorRequest(request, body, gone.signal))
      await sendAnswer(response, answer, clock, gone.signal)
    } catch (error) {
      if (gone.signal.aborted) return
      onBug(error)
      answerBug(response)
    }
  }
}

function toEmulatorRequest(
  { method = 'GET', url = '/', headers, socket }: IncomingMessage,
  body: Uint8Array | undefined,
  signal: AbortSignal,
): EmulatorRequest {
  return { method, url, headers: joined(headers), body, remoteAddress: socket.remoteAddress ?? '', signal }
}

function joined(headers: IncomingHttpHeaders): Record<string, string> {
  const all: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) all[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return all
}

function answerBug(response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const { status, headers, body } = errorAnswer(500, 'internal_error', 'the emulator has a bug; its own output tells more')
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body)
}
