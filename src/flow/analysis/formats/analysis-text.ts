import { formatFault } from '../../../model/format-fault.ts'
import { describeInput } from '../../solve/describe-input.ts'
import type { Solution } from '../../solve/solution.ts'
import { describeWay, type FlowFinding } from '../flow-finding.ts'

/** A finding for people, in several lines: the place with a caret, the way, how a caller gets there, and what to do. */
export function findingText({ rule, severity, message, place, way = [], reach, advice, suppressed }: FlowFinding): string {
  const lines = [
    ...(way.length > 1 ? [`way: ${describeWay(way)}`] : []),
    ...(reach ? [reachText(reach)] : []),
    ...(advice === undefined ? [] : [advice]),
    ...(suppressed === undefined ? [] : [`allowed here${suppressed === '' ? '' : `: ${suppressed}`}`]),
  ]
  return formatFault({
    code: rule,
    message: `${severity}: ${message} (${rule})`,
    ...(place ? { place } : {}),
    ...(lines.length === 0 ? {} : { advice: lines.join('\n') }),
  })
}

function reachText(reach: Solution): string {
  switch (reach.kind) {
    case 'reached':
      return `a caller gets there with ${describeInput(reach.input)}`
    case 'unreachable':
      return `no caller gets there: ${reach.why}`
    case 'undecided':
      return `how a caller gets there is not known: ${reach.why}`
  }
}
