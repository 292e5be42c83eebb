import { type EmulatorAnswer, type EmulatorRequest, emptyAnswer, errorAnswer } from './exchange.ts'
import type { Route } from './router.ts'

/** The answer where no operation has this method and path: 204 to OPTIONS, else 404 or 405 with what would be allowed (RFC 9110, 15.5.6). */
export function unrouted({ method, url }: EmulatorRequest, route: Route | undefined): EmulatorAnswer {
  if (url === '*' && method === 'OPTIONS') return emptyAnswer(204, { allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' })
  if (!route) return errorAnswer(404, 'not_found', 'there is nothing at this path')
  const headers = { allow: route.allow }
  if (method === 'OPTIONS') return emptyAnswer(204, headers)
  return errorAnswer(405, 'method_not_allowed', `${method} is not allowed here, only ${route.allow}`, { headers })
}
