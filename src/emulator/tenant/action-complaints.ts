import type { Pointer } from '../../model/place.ts'
import type { Action } from '../actions/action.ts'
import { inputReasons } from '../actions/input-reasons.ts'
import { type Complaint, nameOf } from './complaint.ts'

/** What contradicts itself in an action, or cannot be used. */
export function actionComplaints(action: Action, pointer: Pointer): Complaint[] {
  const answers = [
    { answer: action, at: pointer },
    ...(action.cases ?? []).map((answer, index) => ({ answer, at: [...pointer, 'cases', index] })),
  ]
  const ambiguous = answers.filter(({ answer }) => answer.result !== undefined && answer.error !== undefined)
  return [
    ...ambiguous.map(({ at }) => ({
      code: 'CONFLICTING_KEYS',
      message: `${nameOf(at)} has both a result and an error`,
      expected: 'one of them',
      pointer: [...at, 'error'],
    })),
    ...schemaComplaints(action, pointer),
  ]
}

/** A schema of inputs is tried out, since some of its parts, such as patterns, are wrong only for whoever uses them. */
function schemaComplaints({ inputs }: Action, pointer: Pointer): Complaint[] {
  if (!inputs) return []
  const patterns = patternsOf(inputs, [...pointer, 'inputs'])
  const broken = patterns.filter(({ pattern }) => !isPattern(pattern)).map(({ pattern, pointer: at }) => badPattern(pattern, at))
  if (broken.length > 0) return broken
  try {
    inputReasons({}, inputs)
    return []
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n')
    return [{ code: 'INVALID_VALUE', message: `${nameOf(pointer)}.inputs cannot be used: ${reason}`, pointer: [...pointer, 'inputs'] }]
  }
}

function badPattern(pattern: string, pointer: Pointer): Complaint {
  return { code: 'INVALID_VALUE', message: `${nameOf(pointer)} is ${JSON.stringify(pattern)}, which is no regular expression`, pointer }
}

function patternsOf(value: unknown, pointer: Pointer): { readonly pattern: string; readonly pointer: Pointer }[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => {
    const at = [...pointer, Array.isArray(value) ? Number(key) : key]
    return key === 'pattern' && typeof item === 'string' ? [{ pattern: item, pointer: at }] : patternsOf(item, at)
  })
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u')
    return true
  } catch {
    return false
  }
}
