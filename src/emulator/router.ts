import findMyWay from 'find-my-way'
import type { Operation } from './operation.ts'

/** What stands at a path. */
export interface Route {
  readonly params: Readonly<Record<string, string | undefined>>
  /** The operation of a method; HEAD is answered by GET. */
  readonly operation: (method: string) => Operation | undefined
  /** Value of the `Allow` header. */
  readonly allow: string
}

/** Longest variable segment, in characters. */
const SEGMENT_CHARACTERS = 500

/** Finds the route of a path without its query; `undefined`: nothing stands there. A fixed segment wins over a variable one. */
export type Router = (path: string) => Route | undefined

/** Methods are told apart behind the path, so that a known path with another method is 405 and never 404. */
export function createRouter(operations: readonly Operation[]): Router {
  const tree = findMyWay({ maxParamLength: SEGMENT_CHARACTERS })
  const routes = new Map<unknown, Omit<Route, 'params'>>()
  for (const [path, methods] of methodsByPath(operations)) {
    const marker = (): void => undefined
    tree.on('GET', path, marker)
    routes.set(marker, {
      operation: (method) => methods.get(method === 'HEAD' ? 'GET' : method),
      allow: [...methods.keys(), ...(methods.has('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', '),
    })
  }
  return (path) => {
    const found = tree.find('GET', path)
    const route = routes.get(found?.handler)
    return found && route ? { params: found.params, ...route } : undefined
  }
}

function methodsByPath(operations: readonly Operation[]): Map<string, Map<string, Operation>> {
  const table = new Map<string, Map<string, Operation>>()
  for (const operation of operations) {
    for (const path of operation.paths) table.set(path, (table.get(path) ?? new Map()).set(operation.method, operation))
  }
  return table
}
