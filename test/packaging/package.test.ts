import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect } from 'chai'

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Record<string, string>; exports: Record<string, unknown> }
const listing = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
})
const packed: readonly string[] = [...listing.matchAll(/"path": "([^"]+)"/g)].map(([, path = '']) => path)

describe('the package', () => {
  it('holds the command, the library with its types, and the schemas that editors ask for', () => {
    expect(packed).to.include.members([
      'dist/cli/main.js',
      'dist/index.js',
      'dist/index.d.ts',
      'schemas/scenario.schema.json',
      'README.md',
      'LICENSE',
    ])
    expect(manifest.bin).to.deep.equal({ cxspec: 'dist/cli/main.js' })
    expect(readFileSync('dist/cli/main.js', 'utf8')).to.match(/^#!\/usr\/bin\/env node\n/)
  })

  it('holds every page that the README links to, and nothing of the workshop', () => {
    const links = [...readFileSync('README.md', 'utf8').matchAll(/\]\((docs\/[\w./-]+)\)/g)].map(([, path]) => path)
    expect(links).to.have.length.at.least(8)
    expect(packed).to.include.members(links)
    expect(packed.filter((path) => /^(src|test|bench|scripts|\.ci|node_modules)\/|tsbuildinfo/.test(path))).to.deep.equal([])
  })
})
