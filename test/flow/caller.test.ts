import { expect } from 'chai'
import fc from 'fast-check'
import { Caller, type KeyRules } from '../../src/flow/caller.ts'

const rules: KeyRules = { maxDigits: 4, terminatorIsChoice: false, timeoutMs: 5_000, interDigitTimeoutMs: 3_000 }

describe('Caller', () => {
  it('presses as many keys as a node takes, and leaves the others for the next', () => {
    const caller = new Caller('123456', '')
    expect(caller.press(rules)).to.equal('1234')
    expect(caller.press(rules)).to.equal('56')
    expect(caller.press(rules)).to.equal('')
  })

  it('ends an entry at the terminator, which is no part of it', () => {
    const caller = new Caller('12#3', '')
    expect(caller.press({ ...rules, terminator: '#' })).to.equal('12')
    expect(caller.press({ ...rules, terminator: '#' })).to.equal('3')
  })

  it('takes a terminator right behind the last key of a full entry as its end', () => {
    const caller = new Caller('1234#5,#', '')
    expect([1, 2, 3].map(() => caller.press({ ...rules, terminator: '#' }))).to.deep.equal(['1234', '5', ''])
  })

  it('takes the terminator, pressed first, for an empty entry, or for a choice where it is one', () => {
    expect(new Caller('#1', '').press({ ...rules, terminator: '#' })).to.equal('')
    expect(new Caller('#', '').press({ ...rules, terminator: '#', terminatorIsChoice: true, maxDigits: 1 })).to.equal('#')
  })

  it('gives up on the first key after the time-out, and the rest of the pause goes on', () => {
    const caller = new Caller(',,,,1', '')
    expect(caller.press(rules)).to.equal('')
    expect(caller.press(rules)).to.equal('1')
  })

  it('ends an entry when the pause between two keys is too long', () => {
    const caller = new Caller('12,,34', '')
    expect(caller.press(rules)).to.equal('12')
    expect(caller.press(rules)).to.equal('34')
  })

  it('goes on with an entry after a short pause', () => {
    expect(new Caller('1,w2', '').press(rules)).to.equal('12')
  })

  it('knows keys and pauses in either case', () => {
    expect(new Caller('aW1', '').press(rules)).to.equal('A1')
  })

  it('says one line of speech after the other, and no empty ones', () => {
    const caller = new Caller('', 'sales\n\n ... \nsupport')
    expect([caller.speak(), caller.nextUtterance, caller.speak(), caller.speak()]).to.deep.equal(['sales', 'support', 'support', undefined])
  })

  it('never gives out a key twice, loses none, and always comes to an end', () => {
    const keys = fc.string({ unit: fc.constantFrom(...'0123456789*#ABCD,w'), maxLength: 60 })
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 6 }), (dtmf, maxDigits) => {
        const caller = new Caller(dtmf, '')
        let pressed = ''
        for (let turn = 0; turn < 200; turn += 1) pressed += caller.press({ ...rules, maxDigits })
        expect(pressed).to.equal(dtmf.replace(/[,w]/g, ''))
        expect(caller.hasKeys).to.equal(false)
      }),
    )
  })
})
