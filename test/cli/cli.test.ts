import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { commands } from '../../src/cli/commands.ts'
import { flags } from '../../src/cli/flags.ts'
import { reporters } from '../../src/report/reporters.ts'
import { Folder } from '../support/folder.ts'
import { runCli } from './support/run-cli.ts'

describe('cli', () => {
  let folder: Folder
  before(() => {
    folder = new Folder({ 'there/x': '' })
  })
  after(() => folder.remove())
  const run = (...args: string[]) => runCli(args, { cwd: folder.path })

  it('lists every command and exit code in its help', async () => {
    const { code, stdout, stderr } = await run('--help')
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' })
    for (const { name, summary } of commands) expect(stdout).to.include(name).and.include(summary)
    for (const exitCode of ['0', '1', '2', '3', '4', '70', '130, 143']) expect(stdout).to.match(new RegExp(`^ {2}${exitCode} `, 'm'))
    expect((await run('help')).stdout).to.equal(stdout)
    expect((await run('-h')).stdout).to.equal(stdout)
  })

  it('shows its help on stderr, and is not green, where no command is given', async () => {
    const { code, stdout, stderr } = await run()
    expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' })
    expect(stderr).to.include('Usage: cxspec COMMAND')
  })

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(await run('--version')).to.deep.equal({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  for (const { name } of commands) {
    it(`explains ${name} with its flags and examples`, async () => {
      const { code, stdout } = await run(name, '--help')
      expect(code).to.equal(0)
      expect(stdout)
        .to.match(new RegExp(`^Usage: cxspec ${name} `, 'm'))
        .and.include('Examples:')
        .and.include(`cxspec ${name}`)
      expect((await run('help', name)).stdout).to.equal(stdout)
    })
  }

  it('explains every flag somewhere', async () => {
    const helps = await Promise.all(commands.map(async ({ name }) => (await run(name, '--help')).stdout))
    const general = (await run('--help')).stdout
    for (const name of Object.keys(flags)) expect([...helps, general].join(''), name).to.include(`--${name}`)
  })

  const names = commands.map(({ name }) => name).join(', ')
  const refused: readonly [string[], string][] = [
    [['rnu'], `there is no command "rnu"\n  expected: ${names}\n  did you mean cxspec run?\n`],
    [['xyzzy'], `there is no command "xyzzy"\n  expected: ${names}\n`],
    [['there'], `there is no command "there"\n  expected: ${names}\n  did you mean cxspec run there?\n`],
    [['--tag', 'x'], '--tag stands before the command\n  expected: cxspec COMMAND [flags]\n  write cxspec run --tag, or another command\n'],
    [
      ['run', '--tga', 'x'],
      'cxspec run has no flag --tga\n  expected: one of those that `cxspec run --help` lists\n  did you mean --tag?\n',
    ],
    [['run', '-x'], 'cxspec run has no flag -x\n  expected: one of those that `cxspec run --help` lists\n'],
    [['list', '--bail'], 'cxspec list has no flag --bail\n  expected: one of those that `cxspec list --help` lists\n'],
    [['run', '--grep'], '--grep needs a value\n  expected: --grep TEXT\n'],
    [
      ['run', '--grep', '--list'],
      '--grep needs a value, and --list looks like a flag\n  expected: --grep TEXT\n  if --list is the value, write --grep=--list\n',
    ],
    [['run', '--list=yes'], '--list takes no value, but was given "yes"\n  write --list\n'],
    [['run', '--jobs', '1', '-j', '2'], '-j is given more than once\n  keep one of them\n'],
    [
      ['run', '--bail=0', '--seed', 'x', '--quiet', '--verbose'],
      'the flag --bail says "0"\n  expected: a whole number from 1 to 1000000\nthe flag --seed says "x"\n  expected: a whole number from 0 to 4294967295\n--quiet and --verbose contradict each other\n  keep one of them\n',
    ],
    [
      ['schema', 'flwo'],
      'there is no schema "flwo"\n  expected: scenario, flow, tenant, config, quarantine, results, analysis, coverage\n  did you mean flow?\n',
    ],
    [['audit'], 'cxspec audit needs more to work on\n  expected: cxspec audit verify|list JOURNAL\n'],
    [['audit', 'chekc', 'x'], 'cxspec audit cannot "chekc"\n  expected: cxspec audit verify JOURNAL, or cxspec audit list JOURNAL\n'],
    [
      ['report', 'a', 'b'],
      'a report is made from one journal, and several are named\n  add --merge to make one result of the journals of several machines\n',
    ],
    [['emulator', '--port', '70000'], '--port says "70000"\n  expected: a number from 0 to 65535\n'],
    [
      ['run', '--reporter', 'junit:file='],
      'the option "file" of the reporter "junit" is no text\n  expected: a text that is not empty\n  write file: "…"\n',
    ],
    [
      ['run', '--reporter', 'juint'],
      `there is no reporter "juint"\n  expected: ${Object.keys(reporters).join(', ')}\n  did you mean "junit"?\n`,
    ],
  ]
  for (const [args, stderr] of refused) {
    it(`refuses \`cxspec ${args.join(' ')}\` with advice`, async () => {
      expect(await run(...args)).to.deep.equal({ code: 2, stdout: '', stderr })
    })
  }

  it('lists every fault of the flags at once', async () => {
    const { stderr } = await run('run', '--tga', '--list=x', '--retires', '3')
    expect(stderr.match(/did you mean|takes no value/g)).to.have.length(3)
  })

  it('takes everything behind -- as a path', async () => {
    const { code, stderr } = await run('list', '--', '--tag')
    expect(code).to.equal(2)
    expect(stderr).to.include('there is no file or folder --tag')
  })

  for (const name of ['scenario', 'flow', 'config', 'results']) {
    it(`prints the schema of ${name}`, async () => {
      expect((await run('schema', name)).stdout).to.equal(readFileSync(`schemas/${name}.schema.json`, 'utf8'))
    })
  }
})
