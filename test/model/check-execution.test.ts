import { expect } from 'chai'
import { checkExecution } from '../../src/model/check-execution.ts'
import type { Json } from '../../src/model/json.ts'

const allowed = { callbackUrls: ['https://results.example.test/executions'] }

describe('checkExecution', () => {
  it('lets an execution through that names no address, or one that is allowed', () => {
    for (const input of [
      {},
      { context: { channel: 'ivr' } },
      { callback: true },
      { context: { callbackUrl: allowed.callbackUrls[0] ?? '' } },
    ]) {
      expect(checkExecution(input, allowed)).to.deep.equal([])
    }
  })

  for (const callbackUrl of [
    'https://results.example.test/executions/',
    'https://results.example.test/executions?x=1',
    'HTTPS://results.example.test/executions',
    'http://169.254.169.254/latest/meta-data',
    'http://127.0.0.1:9200/',
    'file:///etc/passwd',
    '',
    null,
    { toString: 'https://results.example.test/executions' },
  ] as readonly Json[]) {
    it(`refuses ${JSON.stringify(callbackUrl)}, with its place`, () => {
      const [fault] = checkExecution({ context: { callbackUrl } }, allowed)
      expect(fault).to.deep.include({ code: 'INVALID_EXECUTION', at: ['context', 'callbackUrl'], expected: allowed.callbackUrls[0] })
    })
  }

  it('refuses an address beside a callback to us', () => {
    expect(checkExecution({ callback: true, context: { callbackUrl: allowed.callbackUrls[0] ?? '' } }, allowed)).to.have.length(1)
  })
})
