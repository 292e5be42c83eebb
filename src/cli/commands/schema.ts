import { readFileSync } from 'node:fs'
import { FaultError } from '../../model/fault.ts'
import { nearest } from '../../model/nearest.ts'
import type { Command } from '../command.ts'
import { packageFile } from '../package-file.ts'

const NAMES: readonly string[] = ['scenario', 'flow', 'tenant', 'config', 'quarantine', 'results', 'analysis', 'coverage']

/** `cxspec schema`: prints one of the published JSON Schemas. */
export const schema: Command = {
  operands: `[${NAMES.join('|')}]`,
  operandCount: { least: 0, most: 1 },
  about:
    'Prints the JSON Schema (draft-07) of scenario files, flow files, tenant files, the configuration, quarantine.yaml, results.json, what analyze prints or coverage.json.',
  flags: [],
  examples: [
    { command: 'cxspec schema', effect: 'the schema of scenario files' },
    { command: 'cxspec schema results', effect: 'the schema of results.json, e.g. for code generators' },
  ],
  async run(line, world) {
    const [name = 'scenario'] = line.positionals
    if (!NAMES.includes(name)) throw new FaultError([unknownSchema(name)])
    world.stdout.write(readFileSync(packageFile(`schemas/${name}.schema.json`), 'utf8'))
    return 0
  },
}

function unknownSchema(name: string) {
  const similar = nearest(name, NAMES)
  return {
    code: 'UNKNOWN_SCHEMA',
    message: `there is no schema ${JSON.stringify(name)}`,
    expected: NAMES.join(', '),
    ...(similar === undefined ? {} : { advice: `did you mean ${similar}?` }),
  }
}
