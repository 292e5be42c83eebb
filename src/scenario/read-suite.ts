import type { Fault } from '../model/fault.ts'
import type { Reading } from '../model/reading.ts'
import type { Scenario, Suite } from '../model/suite.ts'
import { readYaml } from '../yaml/read-yaml.ts'
import { FaultList } from './fault-list.ts'
import { holdsPlaceholder } from './placeholder.ts'
import { proveFile } from './prove-file.ts'
import { readHead } from './read-head.ts'
import { readScenario } from './read-scenario.ts'
import type { FileSource, ReadSuiteContext } from './scenario-source.ts'
import { USUAL_RULES } from './step-kinds.ts'

/** The text of a scenario file as a suite, or every fault of it. Nothing in it is evaluated, and no file is read but its examples. */
export function readSuite(text: string, file: string, context: ReadSuiteContext): Reading<Suite> {
  const { faults: yamlFaults = [], salvaged, value: document = salvaged } = readYaml(text, file, { itemLinesOf: 'scenarios' })
  if (!document) return { faults: yamlFaults }
  const { value, itemLines } = document
  const faults = new FaultList(text, file, salvaged)
  const proven = proveFile(value, faults, context.rules ?? USUAL_RULES)
  const values = { ...context.configVars, ...proven?.file.vars, ...context.vars }
  const hasPlaceholders = holdsPlaceholder(text)
  const { name, tags } = readHead(proven?.file ?? {}, { file, values, hasPlaceholders, faults })
  const hasPatterns = text.includes('matches')
  const source: FileSource = { file, tags, flow: proven?.file.flow, values, hasPlaceholders, hasPatterns, faults, context }
  const scenarios = (proven?.scenarios ?? []).flatMap(({ index, scenario }) =>
    readScenario(scenario, { ...source, pointer: ['scenarios', index], line: itemLines[index] ?? 1 }),
  )
  checkNames(scenarios, faults)
  const all = faults.all()
  return all.length > 0 || !proven ? { faults: all } : { value: { file, name, scenarios } }
}

/** Ids are made of names, so two scenarios of a file must not share one. */
function checkNames(scenarios: readonly Scenario[], faults: FaultList): void {
  const firstLines = new Map<string, number>()
  for (const { name, line, steps } of scenarios) {
    const firstLine = firstLines.get(name)
    if (firstLine === undefined) firstLines.set(name, line)
    else faults.add(duplicateName(name, firstLine), [...(steps[0]?.pointer.slice(0, 2) ?? []), 'name'])
  }
}

function duplicateName(name: string, firstLine: number): Fault {
  return {
    code: 'DUPLICATE_NAME',
    message: `two scenarios of this file have the name ${JSON.stringify(name)}; the other one stands in line ${firstLine}`,
    advice: 'rename one of them; two example rows must differ in a value',
  }
}
