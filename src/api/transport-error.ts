import { printable } from '../model/printable.ts'
import type { HttpAnswer } from './send.ts'

/** What kept an exchange from yielding a whole answer. */
export type TransportFault =
  /** No connection: nothing was sent. */
  | 'unreachable'
  /** A connection that must not be used: its certificate is not trusted. */
  | 'untrusted'
  /** The connection broke before the answer began. */
  | 'broken'
  /** The connection broke, or the body ended, before the body was whole. */
  | 'cut-off'
  | 'timeout'
  | 'too-large'
  /** Not HTTP, or not in the encoding that it claims. */
  | 'unreadable'

/** Why an exchange yielded no whole answer. The message completes "METHOD PATH: …". */
export class TransportError extends Error {
  readonly fault: TransportFault
  /** Whether the target may have seen the request. */
  readonly sent: boolean
  /** What had come until then, where the answer had begun. */
  readonly partial: HttpAnswer | undefined

  constructor(fault: TransportFault, message: string, options: { sent: boolean; partial?: HttpAnswer | undefined; cause?: unknown }) {
    super(message, { cause: options.cause })
    this.name = 'TransportError'
    this.fault = fault
    this.sent = options.sent
    this.partial = options.partial
  }
}

/** The deadline of the whole call came before the end of its answer. */
export function late(state: { readonly sent: boolean; readonly partial?: HttpAnswer | undefined }): TransportError {
  return new TransportError('timeout', 'no whole answer came before the time for the whole call was over', state)
}

/** Node's and undici's codes for errors that come before anything is sent, in words. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of the host could not be looked up',
  EAI_FAIL: 'the name of the host could not be looked up',
  EHOSTUNREACH: 'no way leads to the host',
  EHOSTDOWN: 'the host is down',
  ENETUNREACH: 'no way leads to the network of the host',
  ENETDOWN: 'this machine has no network',
  EADDRNOTAVAIL: 'this machine has no address to call from',
  EPROTO: 'no TLS connection came about',
  UND_ERR_CONNECT_TIMEOUT: 'no connection came about in time',
}

const SENT: Readonly<Record<string, readonly [TransportFault, string]>> = {
  UND_ERR_HEADERS_OVERFLOW: ['too-large', 'the headers of the answer are larger than the limit'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['cut-off', 'the body of the answer is not as long as its content-length says'],
  UND_ERR_HEADERS_TIMEOUT: ['timeout', 'no answer began in time'],
  UND_ERR_BODY_TIMEOUT: ['timeout', 'the body of the answer did not go on in time'],
  ETIMEDOUT: ['broken', 'the connection timed out'],
  ECONNRESET: ['broken', 'the connection was reset'],
  EPIPE: ['broken', 'the connection was closed by the target'],
  UND_ERR_SOCKET: ['broken', 'the connection was closed by the target'],
}

/** undici's words for what nobody asked for. Its parser throws for a status below 100. */
const UNASKED: Readonly<Record<string, string>> = {
  'bad response': 'a 100 (Continue) that nobody asked for',
  'bad upgrade': 'a change of protocol that nobody asked for',
}

/** undici's words for a proxy that opens no tunnel. */
const PROXY_REFUSAL = /^Proxy response \((\d+)\) !== 200/

const UNTRUSTED = /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|HOSTNAME_MISMATCH/

/** Any error of a transport as a {@link TransportError}. Where it does not tell whether the request was sent, `sent` says what is assumed. */
export function toTransportError(error: unknown, state: { sent: boolean; partial?: HttpAnswer | undefined }): TransportError {
  if (error instanceof TransportError) return error
  const code = codeOf(error)
  const unreachable = UNREACHABLE[code]
  if (unreachable) return new TransportError('unreachable', `${unreachable} (${code})`, { sent: false, cause: error })
  const refusal = PROXY_REFUSAL.exec(messageOf(error))?.[1]
  if (refusal !== undefined) return refusedByProxy(error, refusal)
  if (UNTRUSTED.test(code)) return untrusted(error, code)
  const [fault, message] = unaskedFault(error, code) ?? SENT[code] ?? otherFault(error, code)
  const isCutOff = fault === 'broken' && state.partial
  return new TransportError(isCutOff ? 'cut-off' : fault, isCutOff ? `${message} in the middle of the body` : message, {
    ...state,
    cause: error,
  })
}

function refusedByProxy(error: unknown, status: string): TransportError {
  const why = status === '407' ? 'it wants other credentials (407)' : `it answered ${status}`
  return new TransportError('unreachable', `the proxy would not connect to the target: ${why}`, { sent: false, cause: error })
}

function untrusted(error: unknown, code: string): TransportError {
  return new TransportError('untrusted', `the connection is not trusted: ${messageOf(error)} (${code})`, { sent: false, cause: error })
}

function unaskedFault(error: unknown, code: string): readonly [TransportFault, string] | undefined {
  const what = code === 'ERR_ASSERTION' ? messageOf(error) : code === 'UND_ERR_SOCKET' ? UNASKED[messageOf(error)] : undefined
  return what === undefined ? undefined : ['unreadable', `the answer is not one that can follow this request: ${what}`]
}

function otherFault(error: unknown, code: string): readonly [TransportFault, string] {
  // undici's parser leaves the code out more often than not.
  const isParserError = code.startsWith('HPE_') || (error instanceof Error && error.name === 'HTTPParserError')
  if (isParserError) return ['unreadable', `the answer is not valid HTTP: ${messageOf(error)}`]
  return ['broken', `the connection failed: ${messageOf(error)}`]
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function messageOf(error: unknown): string {
  return printable(error instanceof Error ? error.message : String(error)).slice(0, 200)
}
