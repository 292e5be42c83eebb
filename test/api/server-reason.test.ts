import { expect } from 'chai'
import fc from 'fast-check'
import { serverReason } from '../../src/api/server-reason.ts'

const asIs = (text: string): string => text
const reason = (body: string): string | undefined => serverReason(Buffer.from(body), asIs)

describe('serverReason', () => {
  for (const [body, expected] of [
    ['{"type":"about:blank","title":"Bad Request","status":400,"detail":"flowId is missing"}', 'flowId is missing'],
    ['{"error":"invalid_client","error_description":"unknown client"}', 'unknown client'],
    ['{"message":"Rate limit exceeded"}', 'Rate limit exceeded'],
    ['{"error":"invalid_client"}', 'invalid_client'],
    ['{"error":{"code":7,"message":"nested"}}', 'nested'],
    ['{"errors":["one",{"message":"two"},{"nothing":1}]}', 'one; two'],
    ['{"message":"refused","reasons":[{"field":"/flowId","message":"must be text"}]}', 'refused (/flowId: must be text)'],
    ['"just text"', 'just text'],
    ['{"message":"","error":"the second"}', 'the second'],
    ['{"message":"line\\nbreak \\u001b[31mred"}', 'line break \\u{1b}[31mred'],
    ['{"message":5}', undefined],
    ['<html>no</html>', undefined],
    ['', undefined],
    ['[]', undefined],
    ['null', undefined],
  ] as const) {
    it(`of ${body} is ${JSON.stringify(expected)}`, () => {
      expect(reason(body)).to.equal(expected)
    })
  }

  it('is found or not, but never throws, in any bytes and any JSON', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void serverReason(bytes, asIs)))
    fc.assert(fc.property(fc.json(), (text) => void reason(text)))
  })

  it('is cut, and hides secrets', () => {
    const said = serverReason(Buffer.from(JSON.stringify({ message: `secret s3cret ${'x'.repeat(1000)}` })), (text) =>
      text.replaceAll('s3cret', '***'),
    )
    expect(said).to.match(/^secret \*\*\* x+…$/)
    expect(Buffer.byteLength(said ?? '')).to.be.at.most(200)
  })
})
