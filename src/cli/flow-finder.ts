import type { FlowDefinition } from '../api/resources/flow.ts'
import { calledFlows, readEdition, seenFromFile } from '../flow/coverage/edition.ts'
import { fingerprintOf } from '../flow/coverage/fingerprint.ts'
import type { Flow } from '../flow/flow.ts'
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
export function emulatedFlows(library: Library): FlowFinder {
  return finderOf(async (flowId) => {
    const flow = library.get(flowId)
    return flow ? { ...seenFromFile(flow), emulated: true } : { flowId, problem: 'the emulator has no such flow' }
  })
}

/**
 * For every other target: what it tells counts, and where one of the files here holds the same definition, that is where its lines are.
 * Only where the target does not tell the definition, a file with the same flow stands in, unless its version is another one.
 */
export function flowsOfTarget(ask: AskForFlow, files: Library): FlowFinder {
  return finderOf(async (flowId) => {
    const file = files.get(flowId)
    try {
      return seenFrom(await ask(flowId), flowId, file)
    } catch (error) {
      return { flowId, problem: error instanceof Error ? error.message : String(error) }
    }
  })
}

function seenFrom({ definition, version: told }: FlowDefinition, flowId: string, file: Flow | undefined): SeenFlow {
  const version = told === undefined || told === null ? {} : { version: String(told) }
  if (!isJsonObject(definition)) return standIn(flowId, version, file)
  const fingerprint = fingerprintOf(definition)
  const local = file && seenFromFile(file)
  return local?.fingerprint === fingerprint ? { ...local, ...version } : { flowId, ...version, fingerprint, definition }
}

function standIn(flowId: string, told: Pick<SeenFlow, 'version'>, file: Flow | undefined): SeenFlow {
  if (!file) return { flowId, ...told, problem: 'the target does not tell its definition, and no file here has it' }
  if (told.version !== undefined && told.version !== file.version) {
    const problem = `the target does not tell the definition of its version ${told.version}, and ${file.file} has version ${file.version}`
    return { flowId, ...told, problem }
  }
  return seenFromFile(file)
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
