import { expect } from 'chai'
import fc from 'fast-check'
import { Refusal } from '../../src/emulator/exchange.ts'
import { readTarget } from '../../src/emulator/target.ts'

function read(url: string): readonly [string, string] {
  const { path, query } = readTarget(url)
  return [path, query.toString()]
}

describe('readTarget', () => {
  it('splits path and query in every form of a request target', () => {
    expect(read('/a/b%20c?x=1&y=%20')).to.deep.equal(['/a/b%20c', 'x=1&y=+'])
    expect(read('/a?')).to.deep.equal(['/a', ''])
    expect(read('http://host:80/a?x=1')).to.deep.equal(['/a', 'x=1'])
    expect(read('https://host')).to.deep.equal(['/', ''])
    expect(read('http://host?x=1')).to.deep.equal(['/', 'x=1'])
    expect(read('*')).to.deep.equal(['*', ''])
    expect(read('/a?b#c')).to.deep.equal(['/a', 'b='])
  })

  it('takes two slashes at the beginning for a path and never for a host', () => {
    expect(read('//evil/a')).to.deep.equal(['//evil/a', ''])
  })

  it('refuses what is no path, and broken percent-encoding', () => {
    for (const url of ['', 'a', '?x', '#', '/%', '/%zz', '/%ff']) {
      expect(() => readTarget(url), url)
        .to.throw(Refusal)
        .with.nested.property('answer.status', 400)
    }
  })

  it('reads or refuses every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (url) => {
        try {
          expect(readTarget(url).path).to.match(/^[/*]/)
        } catch (error) {
          expect(error).to.be.instanceOf(Refusal)
        }
      }),
    )
  })
})
