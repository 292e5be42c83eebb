import { isLoopback } from '../is-local.ts'

/** Why a webhook may not go to an address, in words; `undefined` where it may: to this machine, or to an origin that is allowed. */
export function refusesUrl(text: string, allowedOrigins: readonly string[]): string | undefined {
  if (!URL.canParse(text)) return 'is no URL'
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return `has to start with http:// or https://, not with ${url.protocol}`
  if (url.username !== '' || url.password !== '') return 'must not contain a user name or password'
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (host === 'localhost' || isLoopback(host) || allowedOrigins.includes(url.origin)) return undefined
  return `leads to ${url.origin}, and this emulator posts only to this machine${allowedOrigins.length > 0 ? ` and to ${allowedOrigins.join(', ')}` : ''}`
}
