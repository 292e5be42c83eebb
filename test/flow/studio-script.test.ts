import { expect } from 'chai'
import { diagnose } from '../../src/flow/diagnose.ts'
import { createLibrary } from '../../src/flow/library.ts'
import { callFlow, pathOf, soundFlow, stepsOf } from './support.ts'

/** A script as CXone Studio holds it: actions under numbers, four keys that lead to one snippet, a counted retry, hold music wired to itself, notes and events. */
const script = soundFlow(`
flowId: studio
variables: { language: en, BlockCall: "0" }
entries: { OnHold: "40" }
hours:
  support: { timeZone: America/New_York, open: [{ days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00" }] }
nodes:
  - { id: "1", type: Start, label: Begin, next: "2" }
  - { id: "2", type: Condition, label: Blocked?, if: { variable: BlockCall, equals: "1" }, branches: { then: "30", else: "3" } }
  - { id: "3", type: Hours, label: Open?, profile: support, branches: { Open: "4", Closed: "22" } }
  - { id: "4", type: SubFlow, label: Language, flowId: language, outputs: { language: language }, next: "5" }
  - { id: "5", type: Case, label: By language, variable: language, branches: { es: "22", default: "6" } }
  - { id: "6", type: Menu, label: Main menu, variable: MRES, maxDigits: 1, timeout: 5s, branches: { "1": "7", "2": "7", "3": "7", "4": "7", "9": "6", default: "10" } }
  - { id: "7", type: SetVariable, label: Snippet, set: { skill: "skill_{MRES}" }, next: "20" }
  - { id: "10", type: Loop, label: Three tries, repeat: 3, counter: menu_tries, branches: { Repeat: "11", Finished: "30" } }
  - { id: "11", type: PlayPrompt, label: Invalid, prompt: That is not a choice., next: "6" }
  - { id: "20", type: Route, label: Request an agent, target: "{skill}", next: "21" }
  - { id: "21", type: Music, label: Hold music, seconds: 30, next: "21" }
  - { id: "22", type: Transfer, label: Run another script, flowId: language }
  - { id: "30", type: Hangup }
  - { id: "40", type: PlayPrompt, label: On hold, prompt: Thank you for holding., next: "41" }
  - { id: "41", type: Exit }
  - { id: "50", type: Annotation, note: Keys 1 to 4 go to one snippet. }
`)
const language = soundFlow(`
flowId: language
variables: { language: en }
nodes: [{ id: "1", type: Start, next: "2" }, { id: "2", type: Exit }]`)

describe('a Studio script as a flow', () => {
  it('compiles without a warning', () => {
    expect(diagnose(script, createLibrary([script, language]))).to.deep.equal({ errors: [], warnings: [] })
  })

  it('tells keys apart that lead to the same node, by the label of the branch', () => {
    const steps = stepsOf(callFlow(script, { dtmf: '3' }, language))
    expect(steps.slice(-5)).to.deep.equal(['5:default', '6:3', '7:default', '20:default', '21'])
    expect(callFlow(script, { dtmf: '3' }, language).visits.find(({ node }) => node === '20')?.target).to.equal('skill_3')
  })

  it('visits the menu four times for a caller who never chooses', () => {
    const path = pathOf(callFlow(script, { dtmf: '8888' }, language))
    expect(path.filter((node) => node === '6')).to.have.length(4)
    expect(path.at(-1)).to.equal('30')
  })

  it('may lead a menu back to itself', () =>
    expect(pathOf(callFlow(script, { dtmf: '991' }, language)).filter((node) => node === '6')).to.have.length(3))
  it('runs an event on its own', () => expect(pathOf(callFlow(script, { entry: 'OnHold' }))).to.deep.equal(['40', '41']))
  it('compares what a variable is', () => expect(pathOf(callFlow(script, { variables: { BlockCall: 1 } }))).to.deep.equal(['1', '2', '30']))
})
