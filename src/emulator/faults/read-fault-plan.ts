import type { Fault } from '../../model/fault.ts'
import type { Place, Pointer } from '../../model/place.ts'
import type { Reading } from '../../model/reading.ts'
import { validateEmulatorFaults } from '../../schema/generated/emulator.ts'
import type { SchemaError, Validator } from '../../schema/validator.ts'
import type { FaultPlan, FaultRule } from './fault-plan.ts'

const isFaultPlan: Validator<FaultPlan> = validateEmulatorFaults

const SELECTORS = ['first', 'every', 'at', 'rate', 'script'] as const
const EFFECTS = ['answer', 'merge', 'body', 'delay', 'drip', 'drop', 'commit', 'token', 'job'] as const

/** What only tells that one of several forms did not fit; the forms' own complaints say more. */
const SUMMARIES = new Set(['anyOf', 'oneOf', 'if', 'not'])

/** Checks a fault plan as it was parsed from a file or a request. `placeOf` tells where a part of it stands. */
export function readFaultPlan(value: unknown, placeOf?: (pointer: Pointer) => Place | undefined): Reading<FaultPlan> {
  const faults = isFaultPlan(value) ? value.faults.flatMap(ruleFaults) : (isFaultPlan.errors ?? []).filter(isTelling).map(toFault)
  if (faults.length === 0 && isFaultPlan(value)) return { value }
  return {
    faults: faults.map(({ pointer, ...fault }) => {
      const place = placeOf?.(pointer)
      return { ...fault, message: `${dotted(pointer)} ${fault.message}`, ...(place && { place }) }
    }),
  }
}

type PointedFault = Omit<Fault, 'place'> & { readonly pointer: Pointer }

function isTelling({ keyword }: SchemaError, _index: number, all: readonly SchemaError[]): boolean {
  return !SUMMARIES.has(keyword) || all.every((other) => SUMMARIES.has(other.keyword))
}

function toFault({ instancePath, keyword, params, message, parentSchema }: SchemaError): PointedFault {
  const pointer = instancePath.split('/').slice(1).map(unescaped)
  const description = parentSchema?.['description']
  const expected = typeof description === 'string' ? { expected: description } : {}
  if (keyword === 'additionalProperties') {
    return { code: 'UNKNOWN_KEY', pointer: [...pointer, String(params['additionalProperty'])], message: 'is not a field of a fault plan' }
  }
  if (keyword === 'enum')
    return { code: 'WRONG_VALUE', pointer, message: `must be one of ${JSON.stringify(params['allowedValues'])}`, ...expected }
  return { code: 'WRONG_VALUE', pointer, message: message ?? 'is not valid', ...expected }
}

function ruleFaults(rule: FaultRule, index: number): PointedFault[] {
  const selectors = SELECTORS.filter((name) => rule[name] !== undefined)
  const effects = EFFECTS.filter((name) => rule[name] !== undefined)
  const pointer = ['faults', index]
  const faults: PointedFault[] = []
  if (selectors.length > 1) {
    faults.push({
      code: 'CONFLICTING_KEYS',
      pointer: [...pointer, selectors[1] ?? ''],
      message: `cannot stand beside ${selectors[0]}`,
      expected: `one of ${SELECTORS.join(', ')}`,
      advice: 'write a second rule',
    })
  }
  if (rule.script ? effects.length > 0 : effects.every((name) => name === 'commit')) {
    const message = rule.script ? `says what happens beside its script: ${effects.join(', ')}` : 'does not say what happens'
    faults.push({ code: 'CONFLICTING_KEYS', pointer, message, expected: `a script, or some of ${EFFECTS.join(', ')}` })
  }
  return faults
}

function unescaped(segment: string): string | number {
  return /^\d+$/.test(segment) ? Number(segment) : segment.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** `faults[0].answer.status` */
function dotted(pointer: Pointer): string {
  return (
    pointer.reduce<string>((path, key) => (typeof key === 'number' ? `${path}[${key}]` : `${path}${path && '.'}${key}`), '') ||
    'the fault plan'
  )
}
