import { printable } from '../model/printable.ts'
import { ProblemError } from '../model/problem.ts'

/** No reference to a page is longer, in characters. */
const LONGEST_URI = 4_000

/**
 * The address of the next page of `path`, as the target names it: absolute, or relative to the host or to the API. Only its query is
 * taken over, so that it cannot lead the token anywhere else. Throws a `ProblemError` (`PROTOCOL_ERROR`) where it leads to another host,
 * to another path, or nowhere.
 */
export function nextPageUrl(nextPageUri: string, baseUrl: string, path: string): string {
  const own = new URL(baseUrl + path)
  const next = nextPageUri.length <= LONGEST_URI && URL.canParse(nextPageUri, own.href) ? new URL(nextPageUri, own) : undefined
  const isSamePath = next?.pathname === own.pathname || next?.pathname === new URL(path, own).pathname
  if (next === undefined || next.origin !== own.origin || !isSamePath) throw astray(nextPageUri, path)
  return `${baseUrl}${path}${next.search}`
}

function astray(nextPageUri: string, path: string): ProblemError {
  return new ProblemError({
    code: 'PROTOCOL_ERROR',
    message: `the answer to GET ${path} goes on at ${printable(nextPageUri.slice(0, 200))}, which is not the same path of this API, so it is not followed`,
    advice: 'this is a fault of the target; report it with the correlation id of the request',
    details: { method: 'GET', path },
  })
}
