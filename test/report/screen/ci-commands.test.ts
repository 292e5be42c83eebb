import { expect } from 'chai'
import fc from 'fast-check'
import { defuse } from '../../../src/report/screen/ci-commands.ts'

describe('defuse', () => {
  for (const [text, harmless] of [
    ['::error file=a::x', '\\::error file=a::x'],
    ['a\n  ::group::x', 'a\n  \\::group::x'],
    ['said ##vso[task.complete]', 'said #\\#vso[task.complete]'],
    ['##[error]x', '#\\#[error]x'],
    ["##teamcity[x name='y']", "#\\#teamcity[x name='y']"],
    ['a::b ## c [d]', 'a::b ## c [d]'],
    ['\u001b[2m  \u001b[31m::error::x', '\u001b[2m  \u001b[31m\\::error::x'],
    ['', ''],
  ] as const) {
    it(`makes ${JSON.stringify(text)} harmless and readable`, () => {
      expect(defuse(text)).to.equal(harmless)
    })
  }

  it('leaves no command, however it is put together', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('#', ':', '[', 'v', 's', 'o', ' ', '\n', '\t', '\\') }), (text) => {
        expect(defuse(text)).to.not.match(/##\w*\[|^\s*::/m)
      }),
    )
  })
})
