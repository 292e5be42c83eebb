import { refuse } from './exchange.ts'

/** What a request is about. */
export interface RequestTarget {
  /** Still percent-encoded; `*` for the server as a whole. */
  readonly path: string
  readonly query: URLSearchParams
}

const ABSOLUTE = /^https?:\/\/[^/?#]*/i
const NO_PARAMETERS = new URLSearchParams()

/**
 * Reads the request target in any of its forms (RFC 9112, 3.2): `/path?query`, `http://host/path?query` or `*`.
 * Throws a refusal (400) where it is none of them or has broken percent-encoding.
 */
export function readTarget(url: string): RequestTarget {
  if (url === '*') return { path: url, query: NO_PARAMETERS }
  const local = url.replace(ABSOLUTE, '')
  const [withoutFragment = ''] = local.split('#', 1)
  const mark = withoutFragment.indexOf('?')
  const path = (mark < 0 ? withoutFragment : withoutFragment.slice(0, mark)) || (local === url ? '' : '/')
  if (!path.startsWith('/')) throw refuse(400, 'bad_request', 'the request target has to be a path that starts with "/"')
  if (path.includes('%') && !isDecodable(path)) throw refuse(400, 'bad_request', 'the path contains broken percent-encoding')
  return { path, query: mark < 0 ? NO_PARAMETERS : new URLSearchParams(withoutFragment.slice(mark + 1)) }
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
