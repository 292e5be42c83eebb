import { request as httpRequest } from 'node:http'
import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts'
import { serve } from '../../src/emulator/http/serve.ts'
import { IN_MEMORY_BASE_URL, inMemory } from '../../src/emulator/in-memory.ts'
import type { EmulatorOptions } from '../../src/emulator/options.ts'
import { DEFAULT_CLIENT } from '../../src/emulator/options.ts'
import type { Json, JsonObject } from '../../src/model/json.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { realClock } from '../support/real-clock.ts'
import { testFlows } from './flows.ts'

interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Text as it is; anything else as JSON. */
  readonly body?: Json
  readonly token?: string
}

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** Parsed; throws where the body is not JSON. */
  readonly json: () => JsonObject
}

/** A client of an emulator, and the emulator itself. */
export interface Caller {
  readonly emulator: Emulator
  readonly call: (path: string, asked?: Asked) => Promise<Answered>
  /** A token of the default client, for all its scopes or for these. */
  readonly token: (scope?: string) => Promise<string>
  /** Lets that much time go by on the emulator's clock. */
  readonly pass: (ms: number) => Promise<void>
  readonly close: () => Promise<void>
}

type Options = Partial<EmulatorOptions>

/** Calls an emulator in memory; its time is a fake one that jumps over every wait. */
function callInMemory(options: Options = {}): Promise<Caller> {
  const clock = new FakeClock({ auto: true })
  const emulator = createEmulator({ flows: testFlows(), clock, ...options })
  const exchange = inMemory(emulator)
  const call = async (path: string, asked: Asked = {}): Promise<Answered> => {
    const { body, ...request } = toRequest(asked)
    const answer = await exchange({
      ...request,
      url: IN_MEMORY_BASE_URL + path,
      signal: new AbortController().signal,
      ...(body !== undefined && { body }),
    })
    return toAnswered(answer.status, answer.headers, Buffer.from(answer.body).toString())
  }
  return Promise.resolve({ emulator, call, token: tokenOf(call), pass: (ms) => clock.advance(ms), close: async () => emulator.close() })
}

/** Calls an emulator on a port of this machine, with the HTTP client of Node. */
async function callOverHttp(options: Options = {}): Promise<Caller> {
  const emulator = createEmulator({ flows: testFlows(), clock: realClock, ...options })
  const server = await serve(emulator)
  const call = (path: string, asked: Asked = {}): Promise<Answered> => exchangeOverHttp(server.url + path, asked)
  const close = async (): Promise<void> => {
    emulator.close()
    await server.close()
  }
  return { emulator, call, token: tokenOf(call), pass: (ms) => realClock.sleep(ms), close }
}

function exchangeOverHttp(url: string, asked: Asked): Promise<Answered> {
  const { method, headers, body } = toRequest(asked)
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', reject)
      response.once('end', () => {
        const entries = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const)
        resolve(toAnswered(response.statusCode ?? 0, Object.fromEntries(entries), Buffer.concat(chunks).toString()))
      })
    })
    request.once('error', reject)
    request.end(body)
  })
}

function toRequest({ method, headers = {}, body, token }: Asked): {
  method: string
  headers: Record<string, string>
  body: string | undefined
} {
  const isText = body === undefined || typeof body === 'string'
  return {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(!isText && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: isText ? body : JSON.stringify(body),
  }
}

function toAnswered(status: number, headers: Readonly<Record<string, string>>, text: string): Answered {
  return { status, headers, text, json: () => JSON.parse(text) }
}

function tokenOf(call: Caller['call']): Caller['token'] {
  return async (scope) => {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: DEFAULT_CLIENT.id,
      client_secret: DEFAULT_CLIENT.secret,
    })
    if (scope !== undefined) form.set('scope', scope)
    const answer = await call('/oauth/token', { body: form.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    return String(answer.json()['access_token'])
  }
}

/** The conformance tests run with each of these: what holds in memory holds over HTTP. */
export const WAYS = [
  ['in memory', callInMemory],
  ['over HTTP', callOverHttp],
] as const
