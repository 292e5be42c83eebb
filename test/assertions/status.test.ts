import { expect } from 'chai'
import { status } from '../../src/assertions/status.ts'

describe('status', () => {
  it('accepts the name, and a matcher that holds', () => {
    expect(status('Completed', 'Completed')).to.deep.equal([])
    expect(status({ not: 'Error' }, 'Completed')).to.deep.equal([])
  })

  it('says which it is', () => {
    expect(status('COMPLETED', 'FAILED')[0]).to.deep.include({
      code: 'STATUS_DIFFERS',
      message: 'status is "FAILED", expected "COMPLETED"',
    })
  })

  it('tells where only the case differs', () => {
    expect(status('completed', 'Completed')[0]?.advice).to.equal('upper and lower case count: write Completed')
  })
})
