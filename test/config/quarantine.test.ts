import { expect } from 'chai'
import fc from 'fast-check'
import { expiredEntries, type QuarantineEntry, quarantineExcuse, readQuarantine } from '../../src/config/quarantine.ts'
import { formatFault } from '../../src/model/format-fault.ts'
import { Folder } from '../support/folder.ts'

const menu = 'scenarios/menu.cxspec.yaml'

function entry(scenario: string, until = '2026-06-30'): QuarantineEntry {
  return { scenario, owner: 'ivr-team', reason: 'waits for the new queue', until }
}

function read(text: string, isAskedFor = true) {
  const folder = new Folder({ 'quarantine.yaml': text })
  const reading = readQuarantine('quarantine.yaml', folder.path, isAskedFor)
  folder.remove()
  return reading
}

describe('readQuarantine', () => {
  it('reads who looks after what, why and until when', () => {
    const text = `quarantine:\n  - scenario: ${menu}#key 1\n    owner: ivr-team\n    reason: waits for the new queue\n    until: 2026-06-30\n`
    expect(read(text)).to.deep.equal({ value: [entry(`${menu}#key 1`)] })
  })

  it('wants an owner, a reason and an end for each entry, and tells everything that is wrong at its place', () => {
    const { faults = [] } = read(`quarantine:\n  - scenario: ${menu}\n    ownr: me\n    until: 2026-02-30\n    reason: " "\n`)
    const told = faults.map(formatFault).join('\n')
    expect(told)
      .to.match(/quarantine\.yaml:3:5: .*ownr/)
      .and.to.match(/did you mean "?owner/)
    expect(told).to.match(/quarantine\.yaml:5:\d+: .*reason/)
  })

  it('knows the calendar', () => {
    const text = `quarantine:\n  - { scenario: a, owner: b, reason: c, until: 2026-02-30 }\n`
    expect(read(text).faults?.map(formatFault)).to.deep.equal([
      'quarantine.yaml:2:48: there is no day 2026-02-30\n  2 |   - { scenario: a, owner: b, reason: c, until: 2026-02-30 }\n    |                                                ^^^^^^^^^^\n  expected: a day of the calendar: YYYY-MM-DD',
    ])
  })

  it('may be missing where nobody asked for it', () => {
    const folder = new Folder()
    expect(readQuarantine('quarantine.yaml', folder.path, false)).to.deep.equal({ value: [] })
    expect(readQuarantine('quarantine.yaml', folder.path, true).faults).to.have.length(1)
    folder.remove()
  })
})

describe('quarantineExcuse', () => {
  const noon = new Date('2026-06-30T12:00:00Z')

  it('excuses a scenario, its example rows and its repetitions, and says who looks after it', () => {
    const excuse = quarantineExcuse([entry(`${menu}#key`)], noon)
    for (const id of [`${menu}#key`, `${menu}#key [key=1]`, `${menu}#key (2 of 5)`, `${menu}#key [key=1] (2 of 5)`]) {
      expect(excuse(id), id).to.deep.equal({
        kind: 'quarantine',
        reason: 'quarantined by ivr-team until 2026-06-30: waits for the new queue',
      })
    }
    for (const id of [`${menu}#keys`, `${menu}#a key`, `other/${menu}#key`, menu]) expect(excuse(id), id).to.equal(undefined)
  })

  it('excuses all scenarios of a file', () => {
    const excuse = quarantineExcuse([entry(menu)], noon)
    expect(excuse(`${menu}#anything`)?.kind).to.equal('quarantine')
    expect(excuse(`${menu}.bak#anything`)).to.equal(undefined)
  })

  it('ends with its last day', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2026-06-01'), max: new Date('2026-07-31'), noInvalidDate: true }), (now) => {
        const isOver = now >= new Date('2026-07-01T00:00:00Z')
        expect(quarantineExcuse([entry(menu)], now)(`${menu}#a`) === undefined).to.equal(isOver)
        expect(expiredEntries([entry(menu)], now)).to.have.length(isOver ? 1 : 0)
      }),
    )
  })
})
