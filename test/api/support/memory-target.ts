import type { HttpAnswer, HttpRequest, Transport } from '../../../src/api/send.ts'
import type { Json } from '../../../src/model/json.ts'

/** What a request is answered with: an answer, or a function of the request and of how many came before it. */
export type Script = HttpAnswer | Error | ((request: HttpRequest, index: number) => HttpAnswer | Error | Promise<HttpAnswer | Error>)

export interface MemoryTarget {
  readonly transport: Transport
  /** Every request to the API, in order; those for a token apart. */
  readonly requests: HttpRequest[]
  readonly tokenRequests: HttpRequest[]
}

/** An API in memory: it answers from `scripts` in order (the last one for ever), and hands out `token-1`, `token-2` … */
export function memoryTarget(scripts: readonly Script[], tokens: readonly Script[] = [tokenAnswer]): MemoryTarget {
  const requests: HttpRequest[] = []
  const tokenRequests: HttpRequest[] = []
  const transport: Transport = async (request) => {
    const isToken = request.url.includes('/oauth/token')
    const seen = isToken ? tokenRequests : requests
    const script = pick(isToken ? tokens : scripts, seen.length)
    const index = seen.push(request) - 1
    const answer = typeof script === 'function' ? await script(request, index) : script
    if (answer instanceof Error) throw answer
    return answer
  }
  return { transport, requests, tokenRequests }
}

function pick(scripts: readonly Script[], index: number): Script {
  const script = scripts[Math.min(index, scripts.length - 1)]
  if (!script) throw new Error('the script is empty')
  return script
}

function tokenAnswer(_request: HttpRequest, index: number): HttpAnswer {
  return json(200, { access_token: `token-${index + 1}`, token_type: 'Bearer', expires_in: 3600 })
}

export function json(status: number, body: Json, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return text(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers })
}

export function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return { status, headers, body: Buffer.from(body) }
}

/** An error as Node's sockets raise it. */
export function networkError(code: string): Error {
  return Object.assign(new Error(`network error ${code}`), { code })
}
