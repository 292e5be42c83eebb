import { expect } from 'chai'
import { readTenant } from '../../../src/emulator/tenant/read-tenant.ts'
import type { Fault } from '../../../src/model/fault.ts'
import { openLocator } from '../../../src/yaml/locate.ts'
import { readYaml } from '../../../src/yaml/read-yaml.ts'

function read(text: string): ReturnType<typeof readTenant> {
  return readTenant(readYaml(text, 'a.tenant.yaml').value?.value, openLocator(text, 'a.tenant.yaml'))
}

/** Each as `line:column code message`. */
function told(faults: readonly Fault[] = []): string[] {
  return faults.map(({ code, message, place }) => `${place?.line}:${place?.column} ${code} ${message}`)
}

describe('readTenant', () => {
  it('takes every section', () => {
    const { value, faults } = read(`
dialer: { abandonShare: 0.1, callEvents: [ringing, completed], foreign: { count: 1, for: 2s }, queued: 0ms, speed: 0.5 }
webhooks: { allowedOrigins: ["https://hooks.example.test"] }
skillsPerPage: 3
actions:
  a: { inputs: { properties: { n: { type: integer } } }, result: [1, "{n}"], cases: [{ inputs: { n: 1 }, error: { code: X, message: y } }] }
agents:
  b: { skills: [{ skillId: s }], shifts: [{ from: "22:00", to: "06:00" }, { startTime: 2026-01-02T03:04:05Z, endTime: 2026-01-02T05:04:05+01:00 }] }
`)
    expect(told(faults)).to.deep.equal([])
    expect(value).to.have.keys('dialer', 'webhooks', 'skillsPerPage', 'actions', 'agents')
  })

  const faulty: readonly (readonly [string, readonly string[]])[] = [
    ['action: {}', ['1:1 UNKNOWN_KEY "action" is not a field of the file']],
    ['actions: { a: { dealy: 1s } }', ['1:17 UNKNOWN_KEY "dealy" is not a field of actions.a']],
    ['actions: { a: { delay: 1 } }', ['1:24 WRONG_TYPE actions.a.delay is 1']],
    ['actions: { a: { result: 1, error: { code: X, message: y } } }', ['1:35 CONFLICTING_KEYS actions.a has both a result and an error']],
    [
      'actions: { a: { inputs: { properties: { n: { type: text } } } } }',
      ['1:52 UNKNOWN_VALUE actions.a.inputs.properties.n.type is "text"'],
    ],
    [
      'actions: { a: { inputs: { properties: { n: { pattern: "(" } } } } }',
      ['1:55 INVALID_VALUE actions.a.inputs.properties.n.pattern is "(", which is no regular expression'],
    ],
    [
      'actions: { a: { inputs: { $ref: "https://example.test/x" } } }',
      ['1:25 INVALID_VALUE actions.a.inputs cannot be used: Unresolved $ref "https://example.test/x".'],
    ],
    ['agents: { b: { skills: [{ skillId: s }, { skillId: s }] } }', ['1:52 DUPLICATE_SKILL agents.b has the skill "s" twice']],
    ['agents: { b: { shifts: [{ from: "08:00" }] } }', ['1:25 INVALID_VALUE agents.b.shifts[0] does not say when it is']],
    ['agents: { b: { shifts: [{ from: "08:00", to: "08:00" }] } }', ['1:25 INVALID_VALUE agents.b.shifts[0] ends before it begins']],
    [
      'agents: { b: { shifts: [{ startTime: "2026-01-40T00:00:00Z", endTime: "2026-02-01T00:00:00Z" }] } }',
      ['1:38 INVALID_VALUE agents.b.shifts[0].startTime is a day that does not exist'],
    ],
    ['dialer: { abandonShare: 3 }', ['1:25 INVALID_VALUE dialer.abandonShare is 3, which is more than 1']],
  ]
  for (const [text, expected] of faulty) {
    it(`says where and what is wrong in ${text}`, () => {
      expect(told(read(text).faults)).to.deep.equal(expected)
    })
  }
})
