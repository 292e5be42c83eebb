import type { Fault } from '../model/fault.ts'
import type { Pointer } from '../model/place.ts'
import type { Scenario } from '../model/suite.ts'
import { validateFilledScenario } from '../schema/generated/filled-scenario.ts'
import { validateScenario } from '../schema/generated/scenario.ts'
import type { Validator } from '../schema/validator.ts'
import { buildScenario } from './build-scenario.ts'
import { kindOf } from './build-step.ts'
import { checkInput, checkRefusedInputs, placesTold } from './check-input.ts'
import { checkPatterns } from './check-patterns.ts'
import { readExampleFile } from './example-rows.ts'
import { type Complaint, type Filled, fill } from './fill.ts'
import { fillFlow } from './fill-flow.ts'
import { rowName } from './row-name.ts'
import { scenarioFaults } from './scenario-faults.ts'
import type { Row, WrittenScenario, WrittenStep } from './scenario-file.ts'
import type { ScenarioSource } from './scenario-source.ts'
import { USUAL_RULES } from './step-kinds.ts'
import { checkReferences } from './step-references.ts'

const isFilledScenario: Validator<WrittenScenario> = validateFilledScenario
/** Lets texts pass that still wait for an earlier step; they are held against the strict schema when they are filled in. */
const isWaitingScenario: Validator<WrittenScenario> = validateScenario

/** The test cases of a scenario: itself, or one for each of its example rows. What is wrong goes to the source's faults. */
export function readScenario(scenario: WrittenScenario, source: ScenarioSource): Scenario[] {
  if (scenario.examples === undefined) return readRow(scenario, undefined, '', source)
  const { examples, ...written } = scenario
  return rowsOf(examples, source).flatMap((row, index) => readRow(written, row, rowName(row, index + 1), source))
}

function rowsOf(examples: NonNullable<WrittenScenario['examples']>, source: ScenarioSource): readonly Row[] {
  if (!('file' in examples)) return examples
  const rows = readExampleFile(examples.file, source.file, source.context.readText)
  for (const fault of rows.faults ?? []) addExampleFault(fault, source)
  return rows.value ?? []
}

/** In the example file where it can be read, else where the scenario names it. */
function addExampleFault(fault: Fault, { faults, pointer }: ScenarioSource): void {
  if (fault.place) faults.addPlaced(fault)
  else faults.add(fault, [...pointer, 'examples', 'file'])
}

function readRow(written: WrittenScenario, row: Row | undefined, suffix: string, source: ScenarioSource): Scenario[] {
  const values = row ? { ...source.values, ...row } : source.values
  const flow = source.hasPlaceholders ? fillFlow(values, source) : source.flow
  const filled = source.hasPlaceholders ? fill(written, values) : unfilled(written)
  complain([...filled.complaints, ...checkReferences(written, filled.references)], source)
  const scenario = filled.complaints.length > 0 ? undefined : provenScenario(written, filled, suffix, source)
  if (!scenario) return []
  complain(checkMeaning(scenario, flow, source), source)
  return [buildScenario(scenario, { ...source, fileTags: source.tags, suffix, flow, references: filled.references })]
}

function unfilled(written: WrittenScenario): Filled {
  return { value: written, references: [], complaints: [] }
}

/** The filled scenario, held against the schema again where filling in has changed it. */
function provenScenario(written: WrittenScenario, filled: Filled, suffix: string, source: ScenarioSource): WrittenScenario | undefined {
  if (filled.value === written) return written
  const isProven = filled.references.length > 0 ? isWaitingScenario : isFilledScenario
  if (isProven(filled.value)) return filled.value
  const prefix = `/${source.pointer.join('/')}`
  const own = (isProven.errors ?? []).filter(({ data }) => !source.faults.holdsStandIn(data))
  const errors = own.map((error) => ({ ...error, instancePath: prefix + error.instancePath }))
  const { placeOf, keyPlaceOf } = source.faults.locator
  for (const fault of scenarioFaults(errors, { placeOf, keyPlaceOf })) source.faults.addPlaced(inRow(fault, suffix))
  complain(checkRefusedInputs(filled.value, [], source.context.rules ?? USUAL_RULES, placesTold(own)), source)
  return undefined
}

function inRow(fault: Fault, suffix: string): Fault {
  return { ...fault, message: `${fault.message} once placeholders are filled in${suffix === '' ? '' : ` for${suffix}`}` }
}

function complain(complaints: readonly Complaint[], { faults, pointer }: ScenarioSource): void {
  for (const { fault, at, atKey } of complaints) faults.add(fault, [...pointer, ...at], atKey)
}

/** What no schema can say. */
function checkMeaning(scenario: WrittenScenario, flow: string | undefined, source: ScenarioSource): Complaint[] {
  const steps = stepsOf(scenario)
  return [
    ...(flow === undefined ? steps.flatMap(({ step, at }) => missingFlow(step, at)) : []),
    ...steps.flatMap(({ step, at }) => checkInput(step, at, source.context.rules ?? USUAL_RULES)),
    ...(source.hasPatterns ? steps.flatMap(({ step, at }) => checkPatterns(step.expect, [...at, 'expect'])) : []),
    ...(scenario.only === true && source.context.ci ? [{ fault: ONLY_IN_CI, at: ['only'], atKey: true }] : []),
  ]
}

function stepsOf(scenario: WrittenScenario): { readonly step: WrittenStep; readonly at: Pointer }[] {
  const { steps, teardown = [] } = scenario
  const listed = (name: string, items: readonly WrittenStep[]) => items.map((step, index) => ({ step, at: [name, index] }))
  return [...(steps ? listed('steps', steps) : [{ step: scenario, at: [] }]), ...listed('teardown', teardown)]
}

function missingFlow(step: WrittenStep, at: Pointer): Complaint[] {
  const { key, takesFlow } = kindOf(step)
  const input = step[key]
  const isNamed = typeof input === 'object' && input !== null && 'flowId' in input
  return !takesFlow || isNamed
    ? []
    : [{ fault: { ...MISSING_FLOW, message: `${key} does not say which flow` }, at: [...at, key], atKey: true }]
}

const MISSING_FLOW = {
  code: 'MISSING_FLOW',
  expected: 'flowId in the step, or flow at the top of the file',
  advice: 'write flow: main-menu above scenarios',
}

const ONLY_IN_CI: Fault = {
  code: 'ONLY_IN_CI',
  message: 'only: true would hide all other scenarios, and this is a CI run',
  advice: 'remove it',
}
