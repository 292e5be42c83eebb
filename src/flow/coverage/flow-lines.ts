import type { NodeLines } from '../../model/event.ts'
import { openLocator } from '../../yaml/locate.ts'
import type { Flow } from '../flow.ts'

/** The lines of the nodes of a flow and of their branches, in the text that it was read from. A branch that nobody wrote stands where its node does. */
export function flowLines({ nodes, source, file }: Flow): Readonly<Record<string, NodeLines>> {
  const locator = openLocator(source, file)
  return Object.fromEntries(
    [...nodes.values()].map(({ id, line, branches }) => [
      id,
      {
        line,
        branches: Object.fromEntries(
          [...branches.values()].map(({ label, pointer }) => [label, pointer ? locator.keyPlaceOf(pointer).line : line]),
        ),
      },
    ]),
  )
}
