import type { NodeLines } from '../../model/event.ts'
import type { Pointer } from '../../model/place.ts'
import { openLocator } from '../../yaml/locate.ts'
import type { Flow } from '../flow.ts'

/** The lines of the nodes of a flow and of their branches, in the text that it was read from. A branch that nobody wrote stands where its node does. */
export function flowLines({ nodes, source, file }: Flow): Readonly<Record<string, NodeLines>> {
  const locator = openLocator(source, file)
  const lineOf = (pointer: Pointer): number => locator.keyPlaceOf(pointer).line
  return Object.fromEntries(
    [...nodes.values()].map(({ id, pointer: at, branches }) => {
      const line = lineOf(at)
      const own = [...branches.values()].map(({ label, pointer }) => [label, pointer ? lineOf(pointer) : line] as const)
      return [id, { line, branches: Object.fromEntries(own) }]
    }),
  )
}
