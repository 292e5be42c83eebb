import type { Fault } from '../model/fault.ts'
import type { Json } from '../model/json.ts'

const VARIABLE = /^([A-Za-z_][A-Za-z0-9_-]*)(:?=)(.*)$/s

/** A placeholder given on the command line. */
export interface Variable {
  readonly name: string
  readonly value: Json
}

/**
 * Reads the text of `--var`: `name=value` is text, whatever it looks like (a key `0044` keeps its zeros); `name:=json` is JSON
 * (`max:=3`, `open:=true`). Pushes a fault and yields nothing where it is neither.
 */
export function parseVariable(text: string, faults: Fault[]): Variable[] {
  const [, name, operator, written] = VARIABLE.exec(text) ?? []
  if (name === undefined || written === undefined || name === '__proto__') {
    faults.push({
      code: 'INVALID_VARIABLE',
      message: `the flag --var says ${JSON.stringify(text)}`,
      expected: 'name=value for text, or name:=json for a number, true, false, null, a list or a mapping',
    })
    return []
  }
  if (operator === '=') return [{ name, value: written }]
  const value = parseJson(written)
  if (value !== undefined) return [{ name, value }]
  faults.push({
    code: 'INVALID_VARIABLE',
    message: `the flag --var says ${JSON.stringify(text)}, and what follows := is no JSON`,
    expected: 'e.g. max:=3, open:=true or keys:=["1","2"]',
    advice: `for text write ${name}=${written}`,
  })
  return []
}

function parseJson(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
