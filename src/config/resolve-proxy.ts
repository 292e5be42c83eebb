import type { Fault } from '../model/fault.ts'
import { isLocal, withoutCredentials } from './base-url.ts'
import { toggle } from './option.ts'
import type { ProxySettings, TargetSettings } from './settings.ts'
import type { Sources } from './sources.ts'

/** This machine, as `NO_PROXY` would name it. */
const THIS_MACHINE = ['localhost', '127.0.0.1', '[::1]']

const loopback = toggle({ name: 'proxy.loopback', variable: 'CXSPEC_PROXY_LOOPBACK', inFile: () => undefined, fallback: false })

/**
 * The proxies of the environment, for a target that is reached over the network: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in small
 * letters too, which win as in other programs. Nothing where none is set, or where `NO_PROXY` is `*`. An address that is none is a fault.
 */
export function resolveProxy(target: TargetSettings | undefined, sources: Sources): ProxySettings | undefined {
  if (target?.kind !== 'remote') return undefined
  const http = proxyUrl('http', sources)
  const https = proxyUrl('https', sources)
  if (http === undefined && https === undefined) return undefined
  const except = exceptions(target, sources)
  return except && { ...(http === undefined ? {} : { http }), ...(https === undefined ? {} : { https }), except }
}

function proxyUrl(scheme: 'http' | 'https', sources: Sources): string | undefined {
  const name = nameOf(`${scheme}_proxy`, sources)
  const text = sources.environment.get(name)
  if (text === undefined || text === '') return undefined
  const url = parsed(text)
  if (!url) {
    sources.faults.push(noProxyAddress(name, text))
    return undefined
  }
  sources.record(`proxy.${scheme}`, withoutCredentials(url), sources.environment.originOf(name))
  return url.href
}

/** An address without a scheme is HTTP, as for curl. */
function parsed(text: string): URL | undefined {
  const address = text.includes('://') ? text : `http://${text}`
  const url = URL.canParse(address) ? new URL(address) : undefined
  const isAddress = url && /^https?:$/.test(url.protocol) && url.hostname !== '' && isDecodable(url.username) && isDecodable(url.password)
  return isAddress ? url : undefined
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

function noProxyAddress(name: string, text: string): Fault {
  return {
    code: 'INVALID_URL',
    message: `the environment variable ${name} is no address of an HTTP proxy: ${text.replace(/^(.*\/\/)?.*@/s, '$1***@')}`,
    expected: 'an address such as http://proxy.example.test:3128, with special characters of a password in percent encoding',
  }
}

/** The hosts that are asked without a proxy; `undefined`: all of them. */
function exceptions({ baseUrl, tokenUrl }: Extract<TargetSettings, { kind: 'remote' }>, sources: Sources): readonly string[] | undefined {
  const name = nameOf('no_proxy', sources)
  const named = (sources.environment.get(name) ?? '').split(/[,\s]+/).filter((host) => host !== '')
  const ours = sources.pick(loopback) ? [] : THIS_MACHINE
  const hosts = [baseUrl, tokenUrl].map((url) => new URL(url).hostname).filter((host) => ours.length > 0 && isLocal(host))
  const except = [...new Set([...named, ...ours, ...hosts])]
  const origin = named.length > 0 ? sources.environment.originOf(name) : ({ kind: 'default' } as const)
  sources.record('proxy.except', except.join(', '), origin)
  return named.includes('*') ? undefined : except
}

function nameOf(small: string, { environment }: Sources): string {
  return environment.get(small) === undefined ? small.toUpperCase() : small
}
