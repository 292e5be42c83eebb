import { expect } from 'chai'
import { loadEnvironment } from '../../src/config/environment.ts'
import { readConfigFile } from '../../src/config/read-config-file.ts'
import { formatFault } from '../../src/model/format-fault.ts'
import { Folder } from '../support/folder.ts'

function read(text: string, variables: Record<string, string> = {}) {
  const folder = new Folder({ 'cxspec.config.yaml': text })
  try {
    return readConfigFile('cxspec.config.yaml', loadEnvironment(variables, [], folder.path).environment, folder.path)
  } finally {
    folder.remove()
  }
}

const shown = (text: string, variables?: Record<string, string>): string => read(text, variables).faults?.map(formatFault).join('\n') ?? ''

describe('readConfigFile', () => {
  it('shows every fault with its place, the line, what was expected and the nearest name', () => {
    const text = shown('targts: {}\nretries: -1\nreporters: [3]\nlimits: { apis: { flow-debgu: { spacing: 2s } } }\n')
    expect(text).to.include(
      [
        'cxspec.config.yaml:1:1: "targts" is not a field of the file',
        '  1 | targts: {}',
        '    | ^^^^^^',
        '  expected: $schema, target, targets, scenarios, emulator, limits, simulations, executions, webhooks, timeouts, strict, failOnFlaky, quarantine, retries, reporters, output, vars, secrets',
        '  did you mean "targets"?',
      ].join('\n'),
    )
    expect(text).to.include('cxspec.config.yaml:2:10: retries is -1, which is less than 0')
    expect(text).to.include('cxspec.config.yaml:3:13: reporters[0] is')
    expect(text).to.include('cxspec.config.yaml:4:19: "flow-debgu" is not a field of limits.apis').and.include('did you mean "flow-debug"?')
  })

  it('tells what else is wrong beside a value that YAML would change, and shows no secret that stands there', () => {
    const text = shown(
      'retries: 007\nstrict: maybe\ntargets: { t: { preset: incontact, clientSecret: 0123456789 } }\noutput: ${env.NOPE}\n',
    )
    expect(text).to.include('cxspec.config.yaml:1:10: ').and.include('cxspec.config.yaml:2:9: strict is "maybe"')
    expect(text).to.include('4:9: ${env.NOPE} names an environment variable that is not set')
    expect(text.match(/:1:10: /g)).to.have.length(1)
  })

  it('fills in the environment, once and as text', () => {
    const { value } = read('output: "${env.DIR}/x"\nvars: { a: "$${env.DIR}", n: "${env.N}" }\n', { DIR: '${env.N}', N: '7' })
    expect(value?.value).to.deep.equal({ output: '${env.N}/x', vars: { a: '${env.DIR}', n: '7' } })
  })

  it('refuses a variable that is not set, and what is no reference', () => {
    const text = shown('output: ${env.NOPE}\nscenarios: ["${HOME}"]\n')
    expect(text).to.include('1:9: ${env.NOPE} names an environment variable that is not set')
    expect(text).to.include('2:13: ${HOME} is no reference that a configuration can hold')
  })

  it('refuses a credential that is written into the file, and shows it nowhere, whatever else is wrong on its line', () => {
    const text = shown(
      'targets:\n  t: { preset: orgg, clientSecret: hunter2-abc, clientId: { evn: X } }\nsecrets: [hunter3-abc, 12345678]\n',
    )
    expect(text).to.include('clientSecret is written into the file').and.include('secrets[1] is written into the file')
    expect(text).to.include('targets.t.preset is "orgg"')
    expect(text).to.not.match(/hunter|1234/)
  })

  it('refuses a credential that comes through a reference, without its value', () => {
    const text = shown('targets: { t: { preset: incontact, clientSecret: "${env.S}" } }', { S: 'hunter2-abc' })
    expect(text).to.include('clientSecret is').and.not.include('hunter')
  })

  it('changes nothing through hostile keys', () => {
    expect(
      read('vars: { __proto__: { polluted: 1 }, constructor: { prototype: { polluted: 1 } } }').value?.value ?? {},
    ).to.not.have.property('polluted')
    expect(Object.hasOwn(Object.prototype, 'polluted')).to.equal(false)
    expect(shown('targets: { __proto__: { preset: incontact } }\ntarget: __proto__')).to.not.equal('')
  })

  it('tells broken YAML as a fault', () => {
    expect(shown('target: [')).to.match(/^cxspec\.config\.yaml:1:/)
  })
})
