import { expect } from 'chai'
import { Folder } from '../../support/folder.ts'
import { runCli } from '../support/run-cli.ts'

const suite = (outcomes: string): string => `suite: Dialer
scenarios:
  - name: calls
    simulate:
      campaignId: a1b2c3d4-e5f6-7890-abcd-ef1234567890
      virtualAgentMatrix: { flowId: va }
      outcomeInjection: { enabled: true, answerProbability: 1 }
      concurrencyLimit: 5
      maxCalls: 3
      complianceBypass: true
    expect: { outcomes: ${outcomes} }
`

describe('cxspec validate, of expected outcomes', () => {
  let folder: Folder
  afterEach(() => folder.remove())

  async function validate(outcomes: string) {
    folder = new Folder({ 'scenarios/dialer.cxspec.yaml': suite(outcomes) })
    return runCli(['validate'], { cwd: folder.path, env: {} })
  }

  it('refuses a share without bounds, and shows how they are written', async () => {
    const { code, stdout, stderr } = await validate('{ answered: { share: 40% } }')
    expect(code).to.equal(2)
    expect(stdout + stderr)
      .to.match(/scenarios\/dialer\.cxspec\.yaml:11:\d+: .*outcomes\.answered\.share is "40%"/)
      .and.include('{"min":"35%","max":"45%"}')
      .and.include('1 fault\n')
  })

  it('takes a number, a matcher, and count and share', async () => {
    const { code, stdout, stderr } = await validate(
      '{ answered: { count: { gte: 1 }, share: { min: 35% } }, busy: 0, no-answer: { lte: 2 } }',
    )
    expect(code, stdout + stderr).to.equal(0)
  })
})
