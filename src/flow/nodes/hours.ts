import type { Json } from '../../model/json.ts'
import { type LocalTime, localTimeIn, parseCallTime } from '../local-time.ts'
import type { NodeBase, NodeType, Situation } from '../node-type.ts'
import { createOpeningHours } from '../opening-hours.ts'
import type { Step } from '../step.ts'
import { CALL_TIME, createPathReader } from '../variables.ts'

export interface HoursSpec extends NodeBase {
  /** A name from the flow's `hours`. */
  readonly profile: string
}

/** Asks whether the contact centre is open: at `callTime` where that variable has a value, else at the time of the clock. */
export const hours: NodeType<HoursSpec> = {
  name: 'Hours',
  traceType: 'Hours',
  workMs: 1,
  branchRules: () => ({ labels: ['Open', 'Closed', 'default'], required: ['Open', 'Closed'] }),
  uses: ({ profile }) => ({ hours: profile }),
  demands: ({ profile }) => ({ decidedBy: [CALL_TIME], profile }),
  loopGuards: () => [{ kind: 'outside', name: 'the time of day' }],
  prepare({ profile: name }, { hours: profiles }) {
    const profile = profiles.get(name)
    if (!profile) return () => ({ kind: 'break', exception: `there are no hours "${name}"` })
    const isOpen = createOpeningHours(profile)
    const toLocal = localTimeIn(profile.timeZone)
    return (situation) => answer(timeOf(situation, toLocal), isOpen, situation)
  },
}

const readCallTime = createPathReader(CALL_TIME)

function timeOf({ variables, date }: Situation, toLocal: (date: Date) => LocalTime): LocalTime | undefined {
  const written = readCallTime(variables)
  const time = isUnset(written) ? date() : typeof written === 'string' ? parseCallTime(written) : undefined
  return time instanceof Date ? toLocal(time) : time
}

function answer(time: LocalTime | undefined, isOpen: (time: LocalTime) => boolean, { variables }: Situation): Step {
  if (time) return { kind: 'go', label: isOpen(time) ? 'Open' : 'Closed' }
  return {
    kind: 'break',
    exception: `${CALL_TIME} is ${JSON.stringify(readCallTime(variables))}, which is no time such as "2026-01-05T09:30"`,
  }
}

function isUnset(value: Json | undefined): value is undefined | null | '' {
  return value === undefined || value === null || value === ''
}
