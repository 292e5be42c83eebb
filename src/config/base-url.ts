import type { Fault } from '../model/fault.ts'

/** The emulator in memory; nothing listens there. */
const EMULATOR_HOST = 'emulator.internal'

/**
 * What is wrong with a URL that tokens or credentials are sent to, or nothing. It has to be absolute, without credentials, query and
 * fragment, and https: whoever listens on the way could use the token. Loopback, which no one can listen on from elsewhere, may be http.
 */
export function faultOfUrl(field: string, text: string): Omit<Fault, 'place'> | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const shown = url ? withoutCredentials(url) : text
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    return {
      code: 'INVALID_URL',
      message: `${field} is no web address: ${shown}`,
      expected: 'an address such as https://cxone.example.test',
    }
  }
  if (url.username !== '' || url.password !== '') {
    return {
      code: 'CREDENTIALS_IN_URL',
      message: `${field} holds a user name or password, which would end up in reports: ${shown}`,
      advice: 'name the credentials under clientId and clientSecret instead',
    }
  }
  if (/[?#]/.test(text))
    return { code: 'INVALID_URL', message: `${field} has a query or a fragment: ${shown}`, expected: 'an address without ? and #' }
  if (url.protocol === 'http:' && !isLocal(url.hostname)) return insecure(field, shown)
  return undefined
}

/** True for a host that is this machine, or the emulator in memory. */
export function isLocal(hostname: string): boolean {
  return (
    hostname === EMULATOR_HOST ||
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  )
}

function insecure(field: string, shown: string): Omit<Fault, 'place'> {
  return {
    code: 'INSECURE_URL',
    message: `${field} is not https, so anyone on the way could read the token and use it: ${shown}`,
    expected: 'https://…, or http:// on a loopback address such as 127.0.0.1',
  }
}

/** The address as it may be shown: `https://***@host/`. */
export function withoutCredentials(url: URL): string {
  return url.username === '' && url.password === '' ? url.href : url.href.replace(/\/\/[^@]*@/, '//***@')
}
