import { RE2JS, RE2JSException } from 're2js'
import type { Reading } from '../model/reading.ts'
import type { Scenario, Suite } from '../model/suite.ts'

const FLAGS: Readonly<Record<string, number>> = { i: RE2JS.CASE_INSENSITIVE, m: RE2JS.MULTILINE, s: RE2JS.DOTALL, u: 0 }

/**
 * Tells whether a scenario's name, or `SUITE > NAME`, holds a text; or a regular expression where that stands between slashes (RE2, so
 * in time linear in the name's length; flags i, m, s, and u which changes nothing).
 */
export function grepFor(grep: string): Reading<(scenario: Scenario, suite: Suite) => boolean> {
  const [, pattern, flags] = /^\/(.+)\/([a-z]*)$/s.exec(grep) ?? []
  if (pattern === undefined || flags === undefined) return { value: onNames((name) => name.includes(grep)) }
  const unknown = [...flags].find((flag) => !Object.hasOwn(FLAGS, flag))
  if (unknown !== undefined) return refuse(grep, `"${unknown}" is no flag; known are i, m, s and u`)
  try {
    const expression = RE2JS.compile(
      pattern,
      [...new Set(flags)].reduce((sum, flag) => sum + (FLAGS[flag] ?? 0), 0),
    )
    return { value: onNames((name) => expression.test(name)) }
  } catch (error) {
    if (error instanceof RE2JSException) return refuse(grep, error.message)
    throw error
  }
}

function onNames(holds: (name: string) => boolean): (scenario: Scenario, suite: Suite) => boolean {
  return (scenario, suite) => holds(scenario.name) || holds(`${suite.name} > ${scenario.name}`)
}

function refuse(grep: string, why: string): Reading<never> {
  const message = `--grep ${grep}: this is no regular expression that cxspec understands: ${why}`
  const expected = 'a text, or an RE2 expression between slashes, without look-around and back-references'
  return { faults: [{ code: 'BAD_GREP', message, expected, advice: `for a plain text leave the slashes out, e.g. --grep 'sales queue'` }] }
}
