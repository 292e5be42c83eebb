import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { initProject } from '../cli/support/project.ts'
import { killSpawned, runCxspec } from '../cli/support/spawn-cxspec.ts'
import { openTenant, type Tenant } from '../cli/support/tenant.ts'
import { Folder } from '../support/folder.ts'
import { codeBlocks } from './code-blocks.ts'

const README = readFileSync('README.md', 'utf8')
const [example = '', staging = '', failing = ''] = codeBlocks(README, 'yaml')
const [story = ''] = codeBlocks(README, 'text')
const commands = codeBlocks(README, 'sh').flatMap((block) => block.match(/^npx cxspec [^#\n]*/gm) ?? [])

/** The words behind `npx cxspec`, with single quotes as a shell reads them. */
function argsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '').slice(2)
}

/** The README's configuration, with the tenant in the place of its address. */
function pointedAt({ server }: Tenant): string {
  return `${staging.trimEnd()}\n    baseUrl: ${server.url}\n    tokenUrl: ${server.url}/oauth2/token\n    limits: { apis: { flow-debug: { spacing: 0ms } } }\n`
}

describe('README.md', () => {
  const project = new Folder()
  let tenant: Tenant

  after(async () => {
    killSpawned()
    await tenant?.server.close()
    project.remove()
  })

  async function succeeds(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
    const { code, stdout, stderr } = await runCxspec(args, { cwd, env })
    expect({ code, said: code === 0 ? '' : `${stdout}${stderr}` }).to.deep.equal({ code: 0, said: '' })
  }

  it('shows a scenario that passes on the flows of this repository', async () => {
    const folder = new Folder({
      'scenarios/flows/main-menu.flow.yaml': readFileSync('scenarios/flows/main-menu.flow.yaml', 'utf8'),
      'menu.cxspec.yaml': example,
    })
    await succeeds(['run', 'menu.cxspec.yaml', '--flows', 'scenarios/flows'], folder.path)
    folder.remove()
  })

  it('shows how to begin, before anything else', () => {
    expect(commands.slice(0, 2).map(argsOf)).to.deep.equal([['init'], ['run']])
    expect(commands).to.have.length.at.least(8)
  })

  for (const command of commands.filter((line) => !line.includes('--target'))) {
    it(`shows \`${command.trim()}\`, which works in an empty folder after those before it`, () => succeeds(argsOf(command), project.path))
  }

  for (const command of commands.filter((line) => line.includes('--target'))) {
    it(`shows \`${command.trim()}\`, which works on a tenant`, async () => {
      tenant ??= await openTenant(project.path)
      const { CXSPEC_CLIENT_ID: id = '', CXSPEC_CLIENT_SECRET: secret = '' } = tenant.env
      project.write('cxspec.config.yaml', pointedAt(tenant))
      project.write('secret', `${secret}\n`)
      await succeeds(argsOf(command), project.path, { CXSPEC_CLIENT_ID: id, CXSPEC_CLIENT_SECRET_FILE: project.at('secret') })
    })
  }

  it('shows what a scenario that fails is told', async () => {
    const folder = initProject({ 'scenarios/support.cxspec.yaml': failing })
    const { code, stdout } = await runCxspec(['run', 'scenarios/support.cxspec.yaml'], { cwd: folder.path })
    expect(code).to.equal(1)
    expect(stdout).to.include(story)
    folder.remove()
  })
})
