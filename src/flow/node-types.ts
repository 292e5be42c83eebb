import type { NodeType } from './node-type.ts'
import { annotation } from './nodes/annotation.ts'
import { caseOf } from './nodes/case.ts'
import { condition } from './nodes/condition.ts'
import { dataAction } from './nodes/data-action.ts'
import { exit } from './nodes/exit.ts'
import { gatherInput } from './nodes/gather-input.ts'
import { hangup } from './nodes/hangup.ts'
import { hours } from './nodes/hours.ts'
import { loop } from './nodes/loop.ts'
import { menu } from './nodes/menu.ts'
import { music } from './nodes/music.ts'
import { playPrompt } from './nodes/play-prompt.ts'
import { queue } from './nodes/queue.ts'
import { route } from './nodes/route.ts'
import { setVariable } from './nodes/set-variable.ts'
import { start } from './nodes/start.ts'
import { subFlow } from './nodes/sub-flow.ts'
import { transfer } from './nodes/transfer.ts'

/** Every type of node, by its name. */
export const nodeTypes: ReadonlyMap<string, NodeType> = new Map(
  [
    start,
    playPrompt,
    menu,
    gatherInput,
    condition,
    caseOf,
    setVariable,
    loop,
    hours,
    dataAction,
    queue,
    route,
    music,
    subFlow,
    transfer,
    exit,
    hangup,
    annotation,
  ].map((type): [string, NodeType] => [type.name, type]),
)
