/**
 * Fills in the lists of APIs that two schemas hold: the limits of the configuration, and the faults of the emulator. The rest of
 * those files is written by hand, so they are touched only where a list has changed.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { APIS } from '../src/model/api-names.ts'

interface ConfigSchema {
  readonly definitions: { readonly limits: { readonly properties: { readonly apis: { description: string; properties: object } } } }
}

interface FaultsSchema {
  readonly definitions: { readonly api: { enum: readonly string[] } }
}

const root = join(import.meta.dirname, '..')

/** The configuration's schema, with a field for each API that can be limited. */
export function withLimits(schema: ConfigSchema): ConfigSchema {
  const filled = structuredClone(schema)
  const limited = APIS.flatMap((api) => ('limited' in api ? [api] : []))
  const { apis } = filled.definitions.limits.properties
  apis.description = `Limits of one API each: ${limited.map(({ name }) => name).join(', ')}.`
  apis.properties = Object.fromEntries(
    limited.map((api) => [
      api.name,
      {
        description: `Limits of ${api.limited}.`,
        examples: [{ atOnce: 3 }, { spacing: '2s' }],
        allOf: [{ $ref: '#/definitions/apiLimit' }],
      },
    ]),
  )
  return filled
}

/** The schema of faults, with every API that a fault can meet: those of the platform, the token, and what the emulator does not know. */
export function withFaultyApis(schema: FaultsSchema): FaultsSchema {
  const filled = structuredClone(schema)
  filled.definitions.api.enum = ['token', ...APIS.map(({ name }) => name), 'unknown']
  return filled
}

/** Brings both files up to date. */
export function writeApiLists(): void {
  update('schemas/config.schema.json', withLimits)
  update('schemas/emulator-faults.schema.json', withFaultyApis)
}

function update<T>(path: string, fill: (schema: T) => T): void {
  const file = join(root, path)
  const schema: T = JSON.parse(readFileSync(file, 'utf8'))
  const filled = fill(schema)
  if (isDeepStrictEqual(filled, schema)) return
  writeFileSync(file, `${JSON.stringify(filled, undefined, 2)}\n`)
  spawnSync('npx', ['biome', 'format', '--write', path], { cwd: root, stdio: 'ignore' })
}
