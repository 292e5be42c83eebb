import type { Visit } from '../model/trace.ts'

/**
 * Types of nodes at which something enters from outside, or is counted where the variables do not show it: the caller, time, an agent,
 * another system. A call that passes one of them may go on differently, though its variables are the same.
 */
const OPEN_TYPES: ReadonlySet<string> = new Set([
  'gatherinput',
  'menu',
  'loop',
  'music',
  'hold',
  'wait',
  'queue',
  'route',
  'reqagent',
  'dataaction',
  'callback',
])

/** Whether something may enter a call at a visit, so that it may go on differently. True as well where the target does not tell the type. */
export function takesSomethingIn({ type, input }: Visit): boolean {
  return type === undefined || input !== undefined || OPEN_TYPES.has(type.toLowerCase().replace(/[^a-z]/g, ''))
}
