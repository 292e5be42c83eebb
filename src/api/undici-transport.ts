import type { Agent, EnvHttpProxyAgent } from 'undici'
import type { Clock } from '../model/clock.ts'
import { Alarm } from './alarm.ts'
import type { HttpRequest, Transport } from './send.ts'
import { type ExchangeLimits, UndiciExchange } from './undici-exchange.ts'

/** Far above what gateways send; a server that sends more is broken or hostile. */
const MAX_HEADER_BYTES = 65_536

export interface UndiciTransportOptions {
  readonly clock: Clock
  readonly timeouts: ExchangeLimits['timeouts']
  /** Largest body that is read, in bytes after decompression. */
  readonly answerBytes: number
  /** @default the target is asked directly, whatever the environment says */
  readonly proxy?: TransportProxy
}

/** Proxies by the scheme of what is asked, each with its credentials; `http` serves `https:` too where that has none of its own. */
export interface TransportProxy {
  readonly http?: string
  readonly https?: string
  /** Hosts, with what stands below them, that are asked directly. */
  readonly except: readonly string[]
}

/**
 * HTTP over sockets that are kept alive; redirects are not followed. Rejects with a `TransportError` where no whole answer came.
 * Resolves once undici is loaded: that takes its time, so ask for it only where there is a remote target.
 */
export async function undiciTransport(options: UndiciTransportOptions): Promise<Transport & { readonly close: () => Promise<void> }> {
  const { clock, timeouts, answerBytes, proxy } = options
  const limits = { clock, timeouts, answerBytes, alarm: new Alarm(clock) }
  // The time-outs of headers and bodies are ours: undici's may come a second late, and start anew with every byte.
  const settings = { connect: { timeout: timeouts.connectMs }, headersTimeout: 0, bodyTimeout: 0, maxHeaderSize: MAX_HEADER_BYTES }
  const agent = proxy ? new (await loadProxyAgent())({ ...settings, ...proxiesOf(proxy) }) : new (await loadAgent())(settings)
  return Object.assign((request: HttpRequest) => new UndiciExchange(request, limits).through(agent), { close: () => agent.destroy() })
}

/** What is left out would be taken from the process's environment. */
function proxiesOf({ http = '', https = '', except }: TransportProxy) {
  return { httpProxy: http, httpsProxy: https, noProxy: except.join(',') }
}

async function loadProxyAgent(): Promise<typeof EnvHttpProxyAgent> {
  return (await import('undici')).EnvHttpProxyAgent
}

/** The agent alone loads in a third of the time of the whole package, which is the way to it where a release keeps it elsewhere. */
async function loadAgent(): Promise<typeof Agent> {
  try {
    return (await import('undici/lib/dispatcher/agent.js')).default
  } catch {
    return (await import('undici')).Agent
  }
}
