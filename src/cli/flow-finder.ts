import type { FlowDefinition } from '../api/resources/flow.ts'
import { calledFlows, type Mask, readEdition, seenFromFile } from '../flow/coverage/edition.ts'
import { fingerprintOf } from '../flow/coverage/fingerprint.ts'
import type { Library } from '../flow/library.ts'
import type { SeenFlow } from '../model/event.ts'
import { isJsonObject } from '../model/json.ts'

/** Asks the target for a flow. Rejects where it does not tell. */
export type AskForFlow = (flowId: string) => Promise<FlowDefinition>

/** Finds the definitions of the flows that a run calls, each once. */
export interface FlowFinder {
  /** The flow and those that it calls, however deep. Never rejects: what cannot be had says why. */
  readonly find: (flowId: string) => Promise<readonly SeenFlow[]>
}

/** For our own emulator: it executes the flows of its files. */
export function emulatedFlows(library: Library, mask?: Mask): FlowFinder {
  return finderOf(async (flowId) => {
    const flow = library.get(flowId)
    return flow ? { ...seenFromFile(flow, mask), emulated: true } : { flowId, problem: 'the emulator has no such flow' }
  })
}

/**
 * For every other target: what it tells counts, and where one of the files here holds the same definition, that is where its lines are.
 * Only where the target does not tell the definition, a file with the same flow stands in, unless its version is another one.
 */
export function flowsOfTarget(ask: AskForFlow, files: Library, mask: Mask = (value) => value): FlowFinder {
  return finderOf(async (flowId) => {
    const file = files.get(flowId)
    const local = file && seenFromFile(file, mask)
    try {
      return seenFrom(await ask(flowId), flowId, { local, mask })
    } catch (error) {
      return { flowId, problem: error instanceof Error ? error.message : String(error) }
    }
  })
}

interface Known {
  /** The flow as a file here has it. */
  readonly local: SeenFlow | undefined
  readonly mask: Mask
}

function seenFrom({ definition: told, version: number }: FlowDefinition, flowId: string, { local, mask }: Known): SeenFlow {
  const version = number === undefined || number === null ? {} : { version: String(number) }
  if (!isJsonObject(told)) return standIn(flowId, version, local)
  const definition = mask(told)
  const fingerprint = fingerprintOf(definition)
  return local?.fingerprint === fingerprint ? { ...local, ...version } : { flowId, ...version, fingerprint, definition }
}

function standIn(flowId: string, told: Pick<SeenFlow, 'version'>, local: SeenFlow | undefined): SeenFlow {
  if (!local) return { flowId, ...told, problem: 'the target does not tell its definition, and no file here has it' }
  if (told.version === undefined || told.version === local.version) return local
  const problem = `the target does not tell the definition of its version ${told.version}, and ${local.file} has version ${local.version}`
  return { flowId, ...told, problem }
}

function finderOf(look: (flowId: string) => Promise<SeenFlow>): FlowFinder {
  const known = new Map<string, Promise<SeenFlow>>()
  const one = (flowId: string): Promise<SeenFlow> => {
    const seen = known.get(flowId) ?? look(flowId)
    known.set(flowId, seen)
    return seen
  }
  return {
    async find(flowId) {
      const found = new Map<string, SeenFlow>()
      const waiting = [flowId]
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        if (found.has(next)) continue
        const seen = await one(next)
        found.set(next, seen)
        const edition = readEdition(seen)
        if (typeof edition !== 'string') waiting.push(...calledFlows(edition.flow))
      }
      return [...found.values()]
    },
  }
}
