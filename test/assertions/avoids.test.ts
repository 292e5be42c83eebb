import { expect } from 'chai'
import { avoids } from '../../src/assertions/avoids.ts'
import { traceOf } from '../support/traces.ts'

const trace = traceOf(['start', 'error', 'menu', 'error', 'exit'])

describe('avoids', () => {
  it('accepts a call that goes around the nodes', () => {
    expect(avoids(['survey', 'voicemail'], trace)).to.deep.equal([])
    expect(avoids('survey', trace)).to.deep.equal([])
  })

  it('tells when the call entered a node, and from where', () => {
    expect(avoids(['survey', 'error'], trace)).to.deep.equal([
      {
        code: 'NODE_VISITED',
        message: 'the call entered "error" at visit 2, coming from "start" (2 visits in all), and must avoid it',
        expected: 'no visit',
        actual: '2 visits',
        at: [1],
      },
    ])
    expect(avoids('start', trace)[0]?.message).to.equal('the call entered "start" at visit 1, and must avoid it')
  })
})
