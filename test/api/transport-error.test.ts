import { expect } from 'chai'
import { TransportError, type TransportFault, toTransportError } from '../../src/api/transport-error.ts'
import { clientUnderTest, problemOf, READ } from './support/client-under-test.ts'
import { memoryTarget, networkError } from './support/memory-target.ts'

const partial = { status: 200, headers: {}, body: new Uint8Array() }

describe('toTransportError', () => {
  const cases: readonly (readonly [string, TransportFault, boolean])[] = [
    ['ECONNREFUSED', 'unreachable', false],
    ['ENOTFOUND', 'unreachable', false],
    ['EHOSTUNREACH', 'unreachable', false],
    ['EPROTO', 'unreachable', false],
    ['UND_ERR_CONNECT_TIMEOUT', 'unreachable', false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrusted', false],
    ['CERT_HAS_EXPIRED', 'untrusted', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'untrusted', false],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrusted', false],
    ['ECONNRESET', 'broken', true],
    ['EPIPE', 'broken', true],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout', true],
    ['UND_ERR_HEADERS_OVERFLOW', 'too-large', true],
    ['HPE_INVALID_CONSTANT', 'unreadable', true],
    ['SOMETHING_NEW', 'broken', true],
  ]
  for (const [code, fault, sent] of cases) {
    it(`takes ${code} for ${fault}, ${sent ? 'maybe sent' : 'not sent'}`, () => {
      expect(toTransportError(networkError(code), { sent: true })).to.include({ fault, sent })
    })
  }

  it('takes a connection that broke after the answer had begun for cut off', () => {
    expect(toTransportError(networkError('ECONNRESET'), { sent: true, partial })).to.include({ fault: 'cut-off', partial })
  })

  it('takes whatever is thrown, and shows nothing that would act on a terminal', () => {
    for (const thrown of [undefined, null, 'text\u001b[2J', 7, new Error('a\r\nb'), {}]) {
      const error = toTransportError(thrown, { sent: true })
      expect(error).to.include({ fault: 'broken', sent: true })
      expect(error.message).not.to.match(/\p{Cc}/u)
    }
  })

  it('leaves its own errors as they are', () => {
    const error = new TransportError('timeout', 'x', { sent: true })
    expect(toTransportError(error, { sent: false })).to.equal(error)
  })
})

describe('a certificate that is not trusted', () => {
  it('ends in one error for the whole target, which says what to do, without another attempt', async () => {
    const target = memoryTarget([], [networkError('DEPTH_ZERO_SELF_SIGNED_CERT')])
    const { send } = clientUnderTest(target)
    const problem = await problemOf(send(READ))
    expect(problem).to.include({ code: 'TARGET_UNREACHABLE', blocks: 'target' })
    expect(problem.advice).to.include('NODE_EXTRA_CA_CERTS')
    await problemOf(send(READ))
    expect(target.tokenRequests).to.have.length(1)
  })
})
