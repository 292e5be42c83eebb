import type { ProxySettings } from './settings.ts'

/** The users and passwords that the addresses of proxies hold, decoded. */
export function proxyCredentials({ http, https }: ProxySettings): { readonly user: string; readonly password: string }[] {
  return [http, https].flatMap((address) => {
    if (address === undefined) return []
    const { username, password } = new URL(address)
    return password === '' ? [] : [{ user: decodeURIComponent(username), password: decodeURIComponent(password) }]
  })
}
