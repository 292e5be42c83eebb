import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { lockFolder } from '../../src/journal/lock-folder.ts'
import type { Folder } from '../support/folder.ts'
import { Folder as EmptyFolder } from '../support/folder.ts'
import { initProject } from './support/project.ts'
import { type CliResult, runCli } from './support/run-cli.ts'

describe('the commands', () => {
  let folder: Folder
  beforeEach(() => {
    folder = initProject()
  })
  afterEach(() => folder.remove())
  const run = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: folder.path })
  const suite = (scenarios: string): string => `suite: S\nflow: welcome\nscenarios:\n${scenarios}`

  describe('init', () => {
    it('writes a project whose scenarios pass', async () => {
      const empty = new EmptyFolder()
      const { code, stdout } = await runCli(['init'], { cwd: empty.path })
      expect({ code, stdout }).to.deep.equal({
        code: 0,
        stdout:
          'wrote  cxspec.config.yaml\nwrote  scenarios/welcome.cxspec.yaml\nwrote  scenarios/flows/welcome.flow.yaml\nwrote  .vscode/settings.json\n\nNext: cxspec run\n',
      })
      const result = await runCli(['run'], { cwd: empty.path })
      expect(result.code, result.stdout).to.equal(0)
      expect(readFileSync(empty.at('reports/junit.xml'), 'utf8')).to.include('tests="4"')
      expect((await runCli(['validate'], { cwd: empty.path })).code).to.equal(0)
      empty.remove()
    })

    it('never overwrites a file', async () => {
      writeFileSync(folder.at('cxspec.config.yaml'), 'output: mine\n')
      expect((await run('init')).stdout).to.include('kept   cxspec.config.yaml')
      expect(readFileSync(folder.at('cxspec.config.yaml'), 'utf8')).to.equal('output: mine\n')
    })

    it('tells why it cannot write', async () => {
      const blocked = new EmptyFolder({ scenarios: 'a file where a folder has to be' })
      const { code, stderr } = await runCli(['init'], { cwd: blocked.path })
      expect(code).to.equal(2)
      expect(stderr).to.match(/^the folder \S+scenarios cannot be made: /)
      blocked.remove()
    })
  })

  describe('run, where its reports cannot go', () => {
    for (const reporter of ['junit', 'json', 'markdown', 'tap', 'debug-report']) {
      it(`refuses a folder as the file of ${reporter} before anything runs`, async () => {
        const { code, stderr, stdout } = await run('run', `--reporter=${reporter}:file=scenarios`)
        expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' })
        expect(stderr).to.match(/^the report \S*scenarios cannot be written: it is a folder\n {2}choose another file\n$/)
        expect(existsSync(folder.at('reports/journal.jsonl'))).to.equal(false)
      })
    }

    it('refuses a folder below a file', async () => {
      expect(await run('run', '--reporter=json:file=cxspec.config.yaml/x/results.json')).to.include({ code: 2, stdout: '' })
      expect(await run('run', '--output=cxspec.config.yaml/x')).to.include({ code: 2, stdout: '' })
    })

    it('tells every report that cannot be written', async () => {
      const { stderr } = await run('run', '--reporter=json:file=scenarios', '--reporter=junit:file=.')
      expect(stderr.match(/it is a folder/g)).to.have.length(2)
    })

    it('refuses a folder to which another run writes, and leaves it free afterwards', async () => {
      expect((await run('run')).code).to.equal(0)
      const lock = lockFolder(folder.at('reports'))
      const { code, stderr } = await run('run')
      expect(code).to.equal(2)
      expect(stderr)
        .to.match(/^another run, process \d+, is writing to the folder \S+reports\n/)
        .and.include('--output')
      lock.release?.()
      expect((await run('run')).code).to.equal(0)
      expect(existsSync(folder.at('reports/.cxspec.lock'))).to.equal(false)
    })
  })

  describe('list', () => {
    it('shows each scenario with its place and tags', async () => {
      const { code, stdout } = await run('list')
      expect(code).to.equal(0)
      expect(stdout.split('\n')).to.deep.equal([
        'scenarios/welcome.cxspec.yaml:6  Welcome menu > every key reaches its own queue [key=1, queue=queue_sales]  [smoke]',
        'scenarios/welcome.cxspec.yaml:6  Welcome menu > every key reaches its own queue [key=2, queue=queue_support]  [smoke]',
        'scenarios/welcome.cxspec.yaml:16  Welcome menu > a caller who never answers is let go  [smoke]',
        'scenarios/welcome.cxspec.yaml:22  Welcome menu > the flow compiles  [smoke]',
        '4 scenarios in 1 file',
        '',
      ])
      expect((await run('run', '--list')).stdout).to.equal(stdout)
    })

    const selections: readonly [string[], number][] = [
      [['--grep', 'caller'], 1],
      [['--grep', '/KEY|caller/i'], 3],
      [['--tag', 'smoke and not slow'], 4],
      [['scenarios/welcome.cxspec.yaml:6'], 2],
      [['scenarios/welcome.cxspec.yaml:18:5'], 1],
      [['scenarios/welcome.cxspec.yaml:22', 'scenarios/welcome.cxspec.yaml:16'], 2],
      [['scenarios/welcome.cxspec.yaml:22', 'scenarios/welcome.cxspec.yaml'], 4],
      [['scenarios/*.yaml'], 4],
    ]
    for (const [args, count] of selections) {
      it(`selects ${count} by ${args.join(' ')}`, async () => {
        const { stdout } = await run('list', '--json', ...args)
        expect(JSON.parse(stdout)).to.have.length(count)
      })
    }

    it('shows only what is marked only, outside of CI', async () => {
      folder.write('scenarios/z.cxspec.yaml', suite('  - name: this one\n    only: true\n    compile: {}\n'))
      const outside = await runCli(['list'], { cwd: folder.path, env: { CI: '' } })
      expect(outside.stdout).to.include('this one').and.include('1 scenario in 1 file')
      expect((await run('list')).code).to.equal(2)
    })
  })

  describe('validate', () => {
    it('shows every fault of every file, and what is right', async () => {
      folder.write('scenarios/a.cxspec.yaml', suite('  - name: x\n    debug: { dtmf: 1 }\n    expct: {}\n'))
      folder.write('scenarios/b.cxspec.yaml', 'suite: [\n')
      const { code, stdout, stderr } = await run('validate')
      expect(code).to.equal(2)
      expect(stderr)
        .to.match(/scenarios\/a\.cxspec\.yaml:5:\d+: /)
        .and.match(/scenarios\/b\.cxspec\.yaml:\d+:\d+: /)
      expect(stderr).to.include('did you mean "expect"?')
      expect(stdout).to.match(/^3 scenario files with 4 scenarios, 1 flow\n\d+ faults\n$/)
    })

    it('names a flow that does not compile, which is no fault', async () => {
      folder.write('scenarios/flows/broken.flow.yaml', 'flowId: broken\nversion: "1"\nnodes:\n  - { id: a, type: Start, next: nowhere }\n')
      const { code, stdout, stderr } = await run('validate')
      expect(code, stderr).to.equal(0)
      expect(stderr).to.include('scenarios/flows/broken.flow.yaml: the flow "broken" does not compile').and.include('nowhere')
      expect(stdout).to.include('2 flows, of which 1 does not compile')
    })

    it('needs no credentials and sends nothing', async () => {
      folder.write('cxspec.config.yaml', 'target: t\ntargets: { t: { preset: incontact } }\n')
      expect((await run('validate')).code).to.equal(0)
    })
  })

  describe('config', () => {
    it('prints each value and where it comes from', async () => {
      const { code, stdout } = await runCli(['config', '-j', '2'], { cwd: folder.path, env: { CXSPEC_RETRIES: '1' } })
      expect(code).to.equal(0)
      expect(stdout).to.match(/^target {2,}emulator {2,}cxspec\.config\.yaml:3:9$/m)
      expect(stdout).to.match(/^limits\.requestsAtOnce {2,}2 {2,}flag --jobs$/m)
      expect(stdout).to.match(/^retries {2,}1 {2,}environment CXSPEC_RETRIES$/m)
      expect(stdout).to.match(/^timeouts\.call {2,}60s|1m {2,}default$/m)
    })

    it('says why a configuration file that is there cannot be read', async () => {
      symlinkSync('circle.yaml', folder.at('circle.yaml'))
      const circle = await run('config', '--config', 'circle.yaml')
      expect(circle.code).to.equal(2)
      expect(circle.stderr).to.include('circle.yaml:1:1: the file cannot be read: its links lead in a circle')
      expect((await run('config', '--config', 'scenarios')).stderr).to.include('this is a folder')
      expect((await run('config', '--config', 'nosuch.yaml')).stderr).to.include('there is no configuration file nosuch.yaml')
    })

    it('says where there is no limit of time', async () => {
      expect((await run('config')).stdout).to.match(/^timeouts\.run {2,}none {2,}default$/m)
    })

    it('prints JSON, and faults beside it', async () => {
      const { code, stdout, stderr } = await run('config', '--json', '--target', 'emulatr')
      expect(code).to.equal(2)
      expect(JSON.parse(stdout)).to.deep.include({ name: 'target', value: 'emulatr', origin: 'flag --target' })
      expect(stderr).to.include('did you mean "emulator"?')
    })
  })

  describe('run', () => {
    const noCallEvents = `  - name: x
    simulate:
      campaignId: a1b2c3d4-e5f6-7890-abcd-ef1234567890
      virtualAgentMatrix: { flowId: va-flow-12345 }
      outcomeInjection: { enabled: true, answerProbability: 1 }
      concurrencyLimit: 5
      maxCalls: 5
      complianceBypass: true
      callEvents: false
    expect: { abandonRate: 3% }
`
    const outcomes: readonly [string, string, string[], number][] = [
      ['all is as expected', '  - name: x\n    debug: { dtmf: "1" }\n', [], 0],
      ['an expectation is not met', '  - name: x\n    debug: { dtmf: "1" }\n    expect: { routedTo: queue_other }\n', [], 1],
      ['a flow does not exist', '  - name: x\n    debug: { flowId: nowhere, dtmf: "1" }\n', [], 3],
      ['everything is skipped', '  - name: x\n    skip: later\n    debug: { dtmf: "1" }\n', [], 4],
      ['everything is skipped, which is allowed', '  - name: x\n    skip: later\n    debug: { dtmf: "1" }\n', ['--pass-with-no-tests'], 0],
      ['nothing is selected', '  - name: x\n    debug: { dtmf: "1" }\n', ['--grep', 'y'], 4],
      ['nothing is selected, which is allowed', '  - name: x\n    debug: { dtmf: "1" }\n', ['--grep', 'y', '--pass-with-no-tests'], 0],
      ['there is too little evidence', noCallEvents, [], 0],
      ['there is too little evidence, which has to be enough', noCallEvents, ['--strict'], 1],
      ['a file is faulty', '  - nam: x\n', [], 2],
    ]
    for (const [what, scenarios, args, code] of outcomes) {
      it(`exits ${code} where ${what}, and says it in JUnit`, async () => {
        folder.write('x.cxspec.yaml', suite(scenarios))
        const result = await run('run', 'x.cxspec.yaml', '--output', folder.at('out'), ...args)
        expect(result.code, result.stdout + result.stderr).to.equal(code)
        expect(readFileSync(folder.at('out/junit.xml'), 'utf8')).to.match(/<testsuites [^>]*tests="\d+"/)
        expect(existsSync(folder.at('out/results.json'))).to.equal(true)
      })
    }

    it('shows too little evidence as skipped, and as a failure where it has to be enough', async () => {
      folder.write('x.cxspec.yaml', suite(noCallEvents))
      await run('run', 'x.cxspec.yaml', '--output', folder.at('lenient'))
      expect(readFileSync(folder.at('lenient/junit.xml'), 'utf8')).to.match(
        /<skipped message="nobody can say whether at most 3% of the answered/,
      )
      await run('run', 'x.cxspec.yaml', '--output', folder.at('strict'), '--strict')
      expect(readFileSync(folder.at('strict/junit.xml'), 'utf8')).to.match(/<failure message="nobody can say whether/)
    })

    it('exits 4 for an empty folder', async () => {
      const empty = new EmptyFolder({ 'scenarios/readme.txt': '' })
      expect((await runCli(['run'], { cwd: empty.path })).code).to.equal(4)
      empty.remove()
    })

    it('runs the other files beside a faulty one, and exits 2 all the same', async () => {
      folder.write('scenarios/bad.cxspec.yaml', 'suite: [\n')
      const { code, stdout } = await run('run')
      expect(code).to.equal(2)
      expect(stdout).to.include('4 passed').and.include('bad.cxspec.yaml')
    })

    it('shows faults on stderr where no screen does', async () => {
      folder.write('scenarios/bad.cxspec.yaml', 'suite: [\n')
      const { stdout, stderr } = await run('run', '--reporter', 'junit')
      expect(stdout).to.equal('')
      expect(stderr).to.match(/scenarios\/bad\.cxspec\.yaml:\d+:\d+: /)
    })

    it('names every credential that is missing before anything is sent', async () => {
      folder.write('cxspec.config.yaml', 'target: t\ntargets: { t: { preset: incontact } }\n')
      const { code, stderr } = await run('run')
      expect(code).to.equal(2)
      expect(stderr).to.include('the client id of target t is not set').and.include('the client secret of target t is not set')
      expect(existsSync(folder.at('reports'))).to.equal(false)
    })

    it('does not start where a folder of flows does not exist', async () => {
      const { code, stdout, stderr } = await run('run', '--flows', 'nosuch')
      expect(code).to.equal(2)
      expect(stdout).to.equal('')
      expect(stderr).to.include('there is no folder nosuch')
      expect(existsSync(folder.at('reports'))).to.equal(false)
    })

    it('tells a flow file that gives no flow as a file that was refused, everywhere', async () => {
      folder.write('scenarios/flows/z.flow.yaml', readFileSync(folder.at('scenarios/flows/welcome.flow.yaml'), 'utf8'))
      const { code, stdout, stderr } = await run('run')
      expect(code).to.equal(2)
      expect(stderr).to.equal('')
      expect(stdout).to.include('4 passed').and.include('scenarios/flows/z.flow.yaml').and.include('exit code 2')
      expect(readFileSync(folder.at('reports/junit.xml'), 'utf8'))
        .to.match(/errors="1"/)
        .and.include('the flow id &quot;welcome&quot; is taken')
      expect(JSON.parse(readFileSync(folder.at('reports/results.json'), 'utf8'))).to.nested.include({
        'refusedFiles[0].file': 'scenarios/flows/z.flow.yaml',
      })
    })

    it('refuses a line behind the end of a file, and says how long that is', async () => {
      folder.write('x.cxspec.yaml', suite('  - name: x\n    debug: { dtmf: "1" }\n'))
      const { code, stdout, stderr } = await run('run', 'x.cxspec.yaml:999')
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' })
      expect(stderr).to.include('x.cxspec.yaml has no line 999: it has 5 lines')
      expect(stderr).to.include('the nearest scenario is x.cxspec.yaml:4 (x)')
      expect((await run('run', 'x.cxspec.yaml:5')).code).to.equal(0)
      for (const command of ['list', 'validate'])
        expect(await run(command, 'x.cxspec.yaml:999')).to.include({ code: 2, stdout: '', stderr })
    })

    it('points at the name of a flow that there is not, in the step or in the file, and suggests the nearest', async () => {
      const scenarios =
        '  - { name: a, debug: { dtmf: "1" } }\n  - { name: b, debug: { dtmf: "1", flowId: welcom } }\n  - { name: c, compile: {} }\n'
      folder.write('x.cxspec.yaml', `suite: S\nflow: wellcome\nscenarios:\n${scenarios}`)
      const { code, stdout } = await run('run', 'x.cxspec.yaml')
      expect(code).to.equal(3)
      expect(stdout.match(/x\.cxspec\.yaml:2:7/g)).to.have.length(2)
      expect(stdout).to.include('x.cxspec.yaml:5:44').and.include('did you mean "welcome"?')
    })

    it('names the tags that there are where --tag selects nothing', async () => {
      const { code, stderr } = await run('run', '--tag', 'nosuch')
      expect({ code, stderr }).to.deep.equal({ code: 4, stderr: '--tag nosuch selects no scenario; the tags that there are: smoke\n' })
      const why = '--tag nosuch selects no scenario; the tags that there are: smoke'
      expect(readFileSync(folder.at('reports/junit.xml'), 'utf8')).to.include(`no scenario was selected, so nothing was tested: ${why}`)
      expect(JSON.parse(readFileSync(folder.at('reports/results.json'), 'utf8'))).to.have.nested.property('run.nothingSelected', why)
      expect((await run('run', '--tag', 'smoke')).stderr).to.equal('')
    })

    it('says how a number is given to --bail', async () => {
      const { code, stdout } = await run('run', '--bail', '2')
      expect(code).to.equal(2)
      expect(stdout).to.include('there is no file or folder 2').and.include('write --bail=2')
      expect((await run('run', '2')).stdout).to.not.include('--bail')
    })

    it('fills in --var', async () => {
      folder.write('x.cxspec.yaml', suite('  - name: x\n    debug: { dtmf: "${key}" }\n    expect: { routedTo: queue_support }\n'))
      expect((await run('run', 'x.cxspec.yaml', '--var', 'key=2')).code).to.equal(0)
      expect((await run('run', 'x.cxspec.yaml', '--var', 'key=1')).code).to.equal(1)
      expect((await run('run', 'x.cxspec.yaml')).code).to.equal(2)
    })

    it('stops after the first that does not pass with --bail', async () => {
      const failing = ['a', 'b', 'c'].map((name) => `  - name: ${name}\n    debug: { dtmf: "1" }\n    expect: { routedTo: q }\n`).join('')
      folder.write('x.cxspec.yaml', suite(failing))
      const { code, stdout } = await run('run', 'x.cxspec.yaml', '--bail', '-j', '1')
      expect(code).to.equal(1)
      expect(stdout).to.include('1 failed').and.include('2 not run')
    })

    it('keeps a journal from which the same reports are made again', async () => {
      await run('run')
      const junit = readFileSync(folder.at('reports/junit.xml'), 'utf8')
      const json = readFileSync(folder.at('reports/results.json'), 'utf8')
      const { code } = await run('report', 'reports/journal.jsonl', '--output', folder.at('again'))
      expect(code).to.equal(0)
      expect(readFileSync(folder.at('again/junit.xml'), 'utf8')).to.equal(junit)
      expect(JSON.parse(readFileSync(folder.at('again/results.json'), 'utf8'))).to.deep.equal(JSON.parse(json))
    })

    it('gives the same run the same seed', async () => {
      expect((await run('run', '--seed', '7')).stdout).to.include('seed 7')
    })

    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      it(`exits ${code} on ${signal} before the first scenario`, async () => {
        const meanwhile = (send: (emergency: { kind: 'signal'; signal: typeof signal }) => void): void => send({ kind: 'signal', signal })
        const result = await runCli(['run'], { cwd: folder.path, meanwhile })
        expect(result.code).to.equal(code)
        expect(result.stdout).to.include('4 not run')
      })
    }
  })

  describe('audit', () => {
    it('finds the line that was changed', async () => {
      await run('run')
      const journal = folder.at('reports/journal.jsonl')
      expect((await run('audit', 'verify', 'reports/journal.jsonl')).stdout).to.match(
        /^reports\/journal\.jsonl: intact, \d+ lines\nlast hash [0-9a-f]{64}\n$/,
      )
      writeFileSync(journal, readFileSync(journal, 'utf8').replace('"status":"passed"', '"status":"failed"'))
      const { code, stdout } = await run('audit', 'verify', 'reports/journal.jsonl')
      expect(code).to.equal(1)
      expect(stdout).to.match(/^reports\/journal\.jsonl:\d+: the journal was tampered with: line \d+ is not as it was written\n$/)
    })
  })

  for (const args of [['audit', 'verify'], ['report']]) {
    describe(`${args.join(' ')}, of what is no journal`, () => {
      const notJournals: readonly [string, string][] = [
        ['nosuch.jsonl', 'the journal nosuch.jsonl cannot be read: it does not exist'],
        ['scenarios', 'the journal scenarios cannot be read: it is a folder'],
        ['empty.jsonl', 'the journal empty.jsonl is empty'],
      ]
      for (const [path, message] of notJournals) {
        it(`says in a sentence that ${message}`, async () => {
          folder.write('empty.jsonl', '')
          const { code, stderr } = await run(...args, path)
          expect(code).to.equal(2)
          expect(stderr.replaceAll('"', '').replace(/journal \S*\//, 'journal ')).to.include(message)
        })
      }
    })
  }

  describe('emulator', () => {
    it('says where it listens and ends on a signal', async () => {
      const meanwhile = (send: (emergency: { kind: 'signal'; signal: 'SIGTERM' }) => void): unknown =>
        setImmediate(() => send({ kind: 'signal', signal: 'SIGTERM' }))
      const { code, stdout } = await runCli(['emulator', '--port', '0'], { cwd: folder.path, meanwhile })
      expect(code).to.equal(0)
      expect(stdout).to.match(/listens at http:\/\/127\.0\.0\.1:\d+ and serves 1 flow\./)
    })

    it('does not start where a folder of flows does not exist', async () => {
      const { code, stdout, stderr } = await run('emulator', '--port', '0', '--flows', 'nosuch')
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' })
      expect(stderr).to.include('there is no folder nosuch')
    })

    it('refuses a plan of faults that is wrong, with its place', async () => {
      folder.write('plan.yaml', 'faults:\n  - { api: flow-debug, frist: 2, drop: before-answer }\n')
      const { code, stderr } = await run('emulator', '--port', '0', '--faults', 'plan.yaml')
      expect(code).to.equal(2)
      expect(stderr).to.match(/^plan\.yaml:2:\d+: /)
    })
  })
})
