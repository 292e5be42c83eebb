import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { errorAnswer } from '../exchange.ts'

/** Answers on a socket whose request never became one, and closes it. */
export function rawAnswer(socket: Duplex, status: number, error: string, message: string): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const { headers, body } = errorAnswer(status, error, message)
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

/** Answers a request that the HTTP parser gave up, by the error that it gave up with. */
export function answerParserError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET') socket.destroy()
  else if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') rawAnswer(socket, 408, 'request_timeout', 'the request took too long to arrive')
  else if (error.code === 'HPE_HEADER_OVERFLOW') rawAnswer(socket, 431, 'headers_too_large', 'the headers are too large')
  else rawAnswer(socket, 400, 'bad_request', 'this is not an HTTP request')
}
