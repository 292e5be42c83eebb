import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import { validateScenarioFile } from '../schema/generated/scenario.ts'
import { parsePointer } from '../schema/schema-faults.ts'
import type { SchemaError, Validator } from '../schema/validator.ts'
import { checkRefusedInputs, placesTold } from './check-input.ts'
import type { FaultList } from './fault-list.ts'
import { scenarioFaults } from './scenario-faults.ts'
import type { ScenarioFile, WrittenScenario } from './scenario-file.ts'
import type { StepRules } from './step-kinds.ts'

const isScenarioFile: Validator<ScenarioFile> = validateScenarioFile

/** What of a file is sound: its scenarios with their index in the written file. */
export interface ProvenFile {
  readonly file: Omit<ScenarioFile, 'scenarios'>
  readonly scenarios: readonly { readonly index: number; readonly scenario: WrittenScenario }[]
}

/**
 * Holds a file against its schema. Where only some scenarios are at fault, the others are told all the same, so that
 * everything that is wrong with them is found too.
 */
export function proveFile(value: Json, faults: FaultList, rules: StepRules): ProvenFile | undefined {
  if (isScenarioFile(value)) return proven(value, [...value.scenarios.keys()])
  const errors = isScenarioFile.errors ?? []
  if (value === null) faults.add(EMPTY, [])
  else for (const fault of scenarioFaults(errors, faults.locator)) faults.addPlaced(fault)
  return isJsonObject(value) ? proveRest(value, errors, { faults, rules }) : undefined
}

function proveRest(value: JsonObject, errors: readonly SchemaError[], { faults, rules }: Means): ProvenFile | undefined {
  const scenarios = value['scenarios']
  if (!Array.isArray(scenarios)) return undefined
  const faulty = new Set(errors.map(({ instancePath }) => parsePointer(instancePath)[1]))
  const told = placesTold(errors)
  for (const index of scenarios.keys()) {
    if (!faulty.has(index)) continue
    const complaints = checkRefusedInputs(scenarios[index], ['scenarios', index], rules, told)
    for (const { fault, at } of complaints) faults.add(fault, at)
  }
  const sound = [...scenarios.keys()].filter((index) => !faulty.has(index))
  const rest: Json = { ...value, scenarios: sound.map((index): Json => scenarios[index]) }
  return isScenarioFile(rest) ? proven(rest, sound) : undefined
}

interface Means {
  readonly faults: FaultList
  readonly rules: StepRules
}

function proven({ scenarios, ...file }: ScenarioFile, indices: readonly number[]): ProvenFile {
  return { file, scenarios: scenarios.map((scenario, position) => ({ index: indices[position] ?? position, scenario })) }
}

const EMPTY = {
  code: 'EMPTY_FILE',
  message: 'the file holds nothing',
  expected: 'suite: … and scenarios: …',
  advice: '`cxspec init` writes a file to begin with',
}
