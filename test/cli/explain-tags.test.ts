import { expect } from 'chai'
import { explainTags } from '../../src/cli/explain-tags.ts'

describe('explainTags', () => {
  it('suggests the nearest tag of each word that is none', () => {
    const text = explainTags('(smoek or slwo) and not pin', new Set(['smoke', 'slow', 'pin']))
    expect(text).to.equal(
      '--tag (smoek or slwo) and not pin selects no scenario; the tags that there are: pin, slow, smoke; did you mean smoke, slow?',
    )
  })

  it('lists twenty tags at most', () => {
    const text = explainTags('zzz', new Set(Array.from({ length: 500 }, (_, index) => `tag${1000 + index}`)))
    expect(text).to.include('tag1019 and 480 more').and.not.include('tag1020')
  })

  it('says that there are no tags', () => {
    expect(explainTags('x', new Set())).to.equal('--tag x selects no scenario; no scenario has tags')
  })
})
