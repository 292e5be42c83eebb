import type { Fault } from '../model/fault.ts'
import { nearest } from '../model/nearest.ts'
import type { Pointer } from '../model/place.ts'
import type { Reference, StepField } from '../model/suite.ts'
import type { Complaint } from './fill.ts'
import type { WrittenScenario, WrittenStep } from './scenario-file.ts'

/** What is wrong with the ids of a scenario's steps, and with what refers to them. Pointers begin at the scenario. */
export function checkReferences(scenario: WrittenScenario, references: readonly Reference[]): Complaint[] {
  return [...duplicateIds(scenario), ...references.flatMap((reference) => wrongReferences(reference, scenario))]
}

function duplicateIds(scenario: WrittenScenario): Complaint[] {
  const seen = new Set<string>()
  return (['steps', 'teardown'] as const).flatMap((list) =>
    (scenario[list] ?? []).flatMap(({ id }, index): Complaint[] => {
      if (id === undefined) return []
      const isFirst = !seen.has(id)
      seen.add(id)
      return isFirst ? [] : [{ fault: duplicateId(id), at: [list, index, 'id'] }]
    }),
  )
}

function wrongReferences({ at, parts }: Reference, scenario: WrittenScenario): Complaint[] {
  const earlier = earlierSteps(at, scenario)
  const fields = parts.filter((part) => typeof part !== 'string')
  if (earlier === undefined) return [{ fault: misplaced(fields), at }]
  return fields.filter(({ step }) => !earlier.includes(step)).map((field) => ({ fault: unknownStep(field, earlier), at }))
}

/** The ids that can be referred to at this place; `undefined` where a value is needed before the first step runs. */
function earlierSteps(at: Pointer, { steps = [], teardown = [] }: WrittenScenario): string[] | undefined {
  const [list, index, ...inside] = at
  if (typeof index !== 'number' || inside.join('.') === 'expect.within') return undefined
  if (list === 'steps') return idsOf(steps.slice(0, index))
  return list === 'teardown' ? idsOf([...steps, ...teardown.slice(0, index)]) : undefined
}

function idsOf(steps: readonly WrittenStep[]): string[] {
  return steps.flatMap(({ id }) => id ?? [])
}

function duplicateId(id: string): Fault {
  return { code: 'DUPLICATE_STEP_ID', message: `two steps of this scenario have the id "${id}"`, advice: 'rename one of them' }
}

function misplaced(fields: readonly StepField[]): Fault {
  return {
    code: 'MISPLACED_REFERENCE',
    message: `${written(fields[0])} cannot stand here: this has to be known before the first step runs`,
    expected: 'such a placeholder in the input or the expect of a later step, under "steps"',
  }
}

function unknownStep(field: StepField, known: readonly string[]): Fault {
  const similar = nearest(field.step, known)
  return {
    code: 'UNKNOWN_STEP',
    message: `${written(field)} refers to no earlier step of this scenario`,
    expected: known.length > 0 ? `the id of an earlier step: ${known.join(', ')}` : 'an earlier step with an id',
    ...(similar !== undefined && { advice: `did you mean "${similar}"?` }),
  }
}

function written(field: StepField | undefined): string {
  return field ? `\${${['steps', field.step, ...field.path].join('.')}}` : '${steps…}'
}
