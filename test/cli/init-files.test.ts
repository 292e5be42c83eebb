import { resolve } from 'node:path'
import { expect } from 'chai'
import { initFiles } from '../../src/cli/init-files.ts'

describe('initFiles', () => {
  for (const { path, text } of initFiles.filter((file) => file.path.endsWith('.yaml'))) {
    it(`tells the editor where the installed schema of ${path} stands`, () => {
      const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)/.exec(text) ?? []
      expect(schema).to.match(/^\.\.?\/(?:\.\.\/)*node_modules\//)
      expect(resolve('/project', path, '..', schema)).to.match(/^\/project\/node_modules\/cxspec\/schemas\/[a-z]+\.schema\.json$/)
    })
  }
})
