import { lookup } from 'node:dns'
import { Agent, type ClientRequest, type RequestOptions, request as requestHttp } from 'node:http'
import { Agent as AgentTls, request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isMetadataAddress } from '../model/metadata-address.ts'

/** A POST to whoever wants to know something. */
export interface WebhookPost {
  /** Absolute, http or https. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** How long to wait for the answer. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/**
 * Sends a POST. Resolves with the status of the answer, whatever it is, without following redirects and without reading a body; rejects
 * where there is no answer. The metadata services of clouds are out of reach, whatever name leads to them.
 */
export type PostWebhook = (post: WebhookPost) => Promise<{ readonly status: number }>

/** Makes one, over connections that are kept alive. */
export function createPoster(): { readonly post: PostWebhook; readonly close: () => void } {
  const agents = { 'http:': new Agent({ keepAlive: true }), 'https:': new AgentTls({ keepAlive: true }) }
  return {
    post: async ({ url: text, headers, body, timeoutMs, signal }) => {
      const url = new URL(text)
      if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error(`webhooks do not go to ${url.protocol} addresses`)
      if (isMetadataAddress(url.hostname)) throw outOfReach(url.hostname)
      const options: RequestOptions = {
        method: 'POST',
        agent: agents[url.protocol],
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        lookup: lookupInReach,
      }
      return statusOf(url.protocol === 'http:' ? requestHttp(url, options) : requestHttps(url, options), body)
    },
    close: () => {
      for (const agent of Object.values(agents)) agent.destroy()
    },
  }
}

function statusOf(request: ClientRequest, body: string): Promise<{ readonly status: number }> {
  return new Promise((resolve, reject) => {
    request.on('error', reject)
    request.on('response', (response) => {
      response
        .on('error', () => undefined)
        .on(
          'data',
          stopReadingAt(MAX_ANSWER_BYTES, () => response.destroy()),
        )
      resolve({ status: response.statusCode ?? 0 })
    })
    request.end(body)
  })
}

/** Nobody reads what is answered; a short answer is let in so that its connection can be used again. */
const MAX_ANSWER_BYTES = 65_536

function stopReadingAt(limit: number, stop: () => void): (chunk: Buffer) => void {
  let size = 0
  return (chunk) => {
    size += chunk.length
    if (size > limit) stop()
  }
}

const lookupInReach: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? []
    if (error || !first) return callback(error ?? new Error(`${hostname} has no address`), '', 0)
    const forbidden = addresses.find(({ address }) => isMetadataAddress(address))
    if (forbidden) return callback(outOfReach(forbidden.address), '', 0)
    return options.all ? callback(null, addresses) : callback(null, first.address, first.family)
  })
}

function outOfReach(address: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${address} belongs to the metadata service of a cloud, to which nothing is sent`), { code: 'EACCES' })
}
