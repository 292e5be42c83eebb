import { expect } from 'chai'
import { webhookHeaders } from '../../../src/emulator/webhooks/sign.ts'

describe('webhookHeaders', () => {
  // The example of the Standard Webhooks specification.
  const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const BODY = '{"test": 2432232314}'
  const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek'

  it('signs as the published example does', () => {
    expect(webhookHeaders(ID, new Date(1_614_265_330_999), BODY, SECRET)).to.deep.equal({
      'content-type': 'application/json',
      'webhook-id': ID,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })

  it('takes a secret without its prefix, and signs nothing without a secret', () => {
    const signed = webhookHeaders(ID, new Date(1_614_265_330_000), BODY, SECRET.slice('whsec_'.length))
    expect(signed['webhook-signature']).to.equal('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
    expect(webhookHeaders(ID, new Date(0), BODY, undefined)).not.to.have.property('webhook-signature')
  })
})
