import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { holdsMask } from '../../model/mask.ts'
import type { Trace, Visit } from '../../model/trace.ts'
import type { Call } from '../call.ts'
import { execute } from '../execute.ts'
import type { Library } from '../library.ts'

/**
 * The same call once more, with its branches: for traces of our own emulator, which always goes the same way. `request` is the body of the
 * request that led to the trace. `undefined` where the call would not be the same: something secret was taken out of what is on record,
 * it asked for the time of day, or it is not what the trace tells.
 */
export function replay(trace: Trace, request: Json | undefined, library: Library): Trace | undefined {
  const flow = library.get(trace.flowId)
  const call = callOf(request)
  if (!flow || !call || holdsMask([request ?? null, trace.visits]) || hasMaskedFlow(library)) return undefined
  let asksClock = false
  const date = (): Date => {
    asksClock = true
    return new Date(0)
  }
  const again = execute(flow, call, { flows: library, date })
  const isSame =
    again.visits.length === trace.visits.length && again.visits.every((visit, index) => isSameVisit(visit, trace.visits[index]))
  return isSame && !asksClock ? { ...trace, visits: again.visits } : undefined
}

const masked = new WeakMap<Library, boolean>()

/** Whether something was taken out of one of the flows; looked at once, since flows are large and calls are many. */
function hasMaskedFlow(library: Library): boolean {
  const isMasked = masked.get(library) ?? [...library.values()].some(({ definition }) => holdsMask(definition))
  masked.set(library, isMasked)
  return isMasked
}

function isSameVisit(one: Visit, other: Visit | undefined): boolean {
  if (!other || one.node !== other.node || JSON.stringify(one.input) !== JSON.stringify(other.input)) return false
  return other.variables === undefined || isSameObject(one.variables ?? {}, other.variables)
}

function isSameObject(one: JsonObject, other: JsonObject): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]))
}

function callOf(request: Json | undefined): Call | undefined {
  if (!isJsonObject(request)) return undefined
  const { input, variables, options } = request
  const { dtmf, speech } = isJsonObject(input) ? input : {}
  const maxLoops = isJsonObject(options) ? options['maxLoops'] : undefined
  return {
    ...(typeof dtmf === 'string' ? { dtmf } : {}),
    ...(typeof speech === 'string' ? { speech } : {}),
    ...(isJsonObject(variables) ? { variables } : {}),
    ...(typeof maxLoops === 'number' ? { maxLoops } : {}),
  }
}
