import { isIPv4 } from 'node:net'
import type { EmulatorRequest } from './exchange.ts'

/** True for an address that only this machine can have: 127.0.0.0/8, ::1, and the IPv4 ones in IPv6 dress. */
export function isLoopback(address: string): boolean {
  const ipv4 = address.replace(/^::ffff:/i, '')
  return address === '::1' || (isIPv4(ipv4) && ipv4.startsWith('127.'))
}

/**
 * True where the request comes from this process, or from this machine by a name of this machine: a web page whose host name
 * was made to point at 127.0.0.1 keeps its own name in `Host`.
 */
export function isLocal({ remoteAddress, headers }: EmulatorRequest): boolean {
  if (remoteAddress === undefined) return true
  const host = (headers['host'] ?? '').replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1')
  return isLoopback(remoteAddress) && (host === 'localhost' || isLoopback(host))
}
