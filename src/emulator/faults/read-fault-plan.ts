import type { Fault } from '../../model/fault.ts'
import type { Reading } from '../../model/reading.ts'
import { validateEmulatorFaults } from '../../schema/generated/emulator.ts'
import { schemaFaults } from '../../schema/schema-faults.ts'
import type { Validator } from '../../schema/validator.ts'
import type { Places } from '../../schema/value-advice.ts'
import type { FaultPlan, FaultRule } from './fault-plan.ts'

const isFaultPlan: Validator<FaultPlan> = validateEmulatorFaults

const SELECTORS = ['first', 'every', 'at', 'rate', 'script'] as const
const EFFECTS = ['answer', 'merge', 'body', 'delay', 'drip', 'drop', 'token', 'job', 'interfere'] as const

const NOWHERE = { file: 'fault plan', line: 1, column: 1 }
const NO_PLACES: Places = { placeOf: () => NOWHERE, keyPlaceOf: () => NOWHERE }

/** Checks a fault plan as it was parsed from a file or from a request; `places` finds the parts of a file. Yields every fault of its shape at once, or else every contradiction. */
export function readFaultPlan(value: unknown, places: Places = NO_PLACES): Reading<FaultPlan> {
  if (!isFaultPlan(value)) return { faults: schemaFaults(isFaultPlan.errors ?? [], places) }
  const faults = value.faults.flatMap((rule, index) => ruleFaults(rule, index, places))
  return faults.length === 0 ? { value } : { faults }
}

function ruleFaults(rule: FaultRule, index: number, { placeOf, keyPlaceOf }: Places): Fault[] {
  const [selector, other] = SELECTORS.filter((name) => rule[name] !== undefined)
  const effects = EFFECTS.filter((name) => rule[name] !== undefined)
  const name = `faults[${index}]`
  const faults: Fault[] = []
  if (selector && other) {
    faults.push({
      code: 'CONFLICTING_KEYS',
      message: `${name} has both ${selector} and ${other}`,
      expected: `at most one of ${SELECTORS.join(', ')}`,
      advice: 'write two rules',
      place: keyPlaceOf(['faults', index, other]),
    })
  }
  const isMute = rule.script === undefined && effects.length === 0
  const saysTwice = rule.script !== undefined && effects.length > 0
  if (isMute || saysTwice) {
    faults.push({
      code: isMute ? 'MISSING_KEY' : 'CONFLICTING_KEYS',
      message: isMute ? `${name} does not say what happens` : `${name} has a script, and ${effects.join(', ')} beside it`,
      expected: `either a script, or some of ${EFFECTS.join(', ')}`,
      place: placeOf(['faults', index]),
    })
  }
  return faults
}
