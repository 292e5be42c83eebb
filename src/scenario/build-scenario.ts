import { parseDuration } from '../model/duration.ts'
import type { Json } from '../model/json.ts'
import type { Pointer } from '../model/place.ts'
import type { Reference, Scenario, Step } from '../model/suite.ts'
import { buildStep } from './build-step.ts'
import type { WrittenScenario, WrittenStep } from './scenario-file.ts'

/** Where a scenario comes from. */
export interface ScenarioOrigin {
  readonly file: string
  readonly line: number
  readonly pointer: Pointer
  /** What its example row adds to its name, or nothing. */
  readonly suffix: string
  readonly fileTags: readonly string[]
  readonly flow: string | undefined
  /** Texts that wait for earlier steps; `at` begins at the scenario. */
  readonly references: readonly Reference[]
}

/** A scenario as it runs, from one that is filled in and that its schema has proven. */
export function buildScenario(written: WrittenScenario, origin: ScenarioOrigin): Scenario {
  const name = written.name + origin.suffix
  const timeoutMs = typeof written.timeout === 'string' ? parseDuration(written.timeout) : undefined
  const resources = listOf(written.resource)
  const teardown = (written.teardown ?? []).map((step, index) => stepAt(step, ['teardown', index], origin))
  return {
    id: `${origin.file}#${name}`,
    name,
    line: origin.line,
    tags: [...new Set([...origin.fileTags, ...listOf(written.tags)])],
    ...(written.skip !== undefined && { skip: written.skip }),
    ...(written.only === true && { only: true }),
    ...(typeof written.retries === 'number' && { retries: written.retries }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(resources.length > 0 && { resources }),
    steps: written.steps ? written.steps.map((step, index) => stepAt(step, ['steps', index], origin)) : [stepAt(written, [], origin)],
    ...(teardown.length > 0 && { teardown }),
  }
}

function stepAt(written: WrittenStep, way: Pointer, { pointer, flow, references }: ScenarioOrigin): Step {
  const own = references.filter(({ at }) => way.every((part, index) => at[index] === part))
  return buildStep(written, {
    pointer: [...pointer, ...way],
    flow,
    references: own.map(({ at, parts }) => ({ at: at.slice(way.length), parts })),
  })
}

/** One or several texts as a list. */
function listOf(value: Json | undefined): string[] {
  const list: readonly Json[] = Array.isArray(value) ? value : [value ?? null]
  return list.filter((item) => typeof item === 'string')
}
