import { statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { Fault } from '../model/fault.ts'
import { isJsonObject, type Json } from '../model/json.ts'
import type { Place, Pointer } from '../model/place.ts'
import type { Reading } from '../model/reading.ts'
import { validateConfig } from '../schema/generated/config.ts'
import { schemaFaults } from '../schema/schema-faults.ts'
import type { Validator } from '../schema/validator.ts'
import type { Locator } from '../yaml/locate.ts'
import { readAndCheck } from '../yaml/read-and-check.ts'
import { readTextFile } from '../yaml/read-text-file.ts'
import type { ConfigFile } from './config-file.ts'
import { DEFAULTS } from './defaults.ts'
import type { Environment } from './environment.ts'
import { fillEnvironmentReferences } from './environment-references.ts'
import { Secrets } from './secrets.ts'

const isConfigFile: Validator<ConfigFile> = validateConfig

/** A configuration file that was read, or nothing where there is none. */
export interface ReadConfig {
  readonly path?: string
  readonly value: ConfigFile
  /** Absent where there is no file. */
  readonly placeOf?: (pointer: Pointer) => Place
}

/** Which file holds the configuration: the one that was asked for, else the one with a usual name in the working directory. */
export function findConfigFile(asked: string | undefined, cwd: string): Reading<string | undefined> {
  if (asked !== undefined) return isThere(resolve(cwd, asked)) ? { value: asked } : { faults: [missingFile(asked)] }
  const [found, other] = DEFAULTS.configFiles.filter((name) => isThere(resolve(cwd, name)))
  return found !== undefined && other !== undefined ? { faults: [twoFiles(found, other)] } : { value: found }
}

/** Also true for what must not be looked at: whoever reads it says why. */
function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    return true
  }
}

/** Reads and checks a configuration file, with `${env.NAME}` filled in. `file` is relative to `cwd` or absolute. */
export function readConfigFile(file: string, environment: Environment, cwd: string): Reading<ReadConfig> {
  const root = rootOf(file, cwd)
  const name = relative(root, resolve(cwd, file)).replaceAll('\\', '/')
  const text = readTextFile(name, root)
  if (text.faults) return { faults: text.faults }
  return readAndCheck(text.value, name, (written, locator) => checked(name, written, locator, environment))
}

function checked(path: string, written: Json, locator: Locator, environment: Environment): Reading<ReadConfig> {
  const { placeOf } = locator
  const { value, faults } = fillEnvironmentReferences(written ?? {}, environment, placeOf)
  if (isConfigFile(value)) return faults.length > 0 ? { faults } : { value: { path, value, placeOf } }
  const found = schemaFaults(isConfigFile.errors ?? [], locator)
  return { faults: withoutLiteralSecrets([...faults, ...found], literalCredentials([written, value])) }
}

/** A file beside the working directory may be named by --config; nothing else outside it is read. */
function rootOf(file: string, cwd: string): string {
  const isBelow = !relative(cwd, resolve(cwd, file)).startsWith('..')
  return isBelow ? cwd : resolve(cwd, file, '..')
}

const CREDENTIAL_FIELD = /\b(clientId|clientSecret|secret|secrets\[\d+\]) is (?![{[])/

/** Whoever writes a secret into the file must not find it in the log of the run that refuses it. */
function withoutLiteralSecrets(faults: readonly Fault[], literals: readonly string[]): Fault[] {
  const secrets = new Secrets()
  for (const literal of literals) secrets.add(literal)
  return faults.map((fault) => {
    const field = CREDENTIAL_FIELD.exec(fault.message)?.[1]
    return secrets.maskJson(field === undefined ? fault : literalCredential(field, fault))
  })
}

function literalCredentials(value: Json | undefined, key = ''): string[] {
  if (typeof value === 'string' || typeof value === 'number') return /^(clientId|clientSecret|secrets?)$/.test(key) ? [String(value)] : []
  if (Array.isArray(value)) return value.flatMap((item: Json) => literalCredentials(item, key))
  return isJsonObject(value) ? Object.entries(value).flatMap(([name, item]) => literalCredentials(item, name)) : []
}

function literalCredential(field: string, fault: Fault): Fault {
  return {
    code: 'LITERAL_CREDENTIAL',
    message: `${field} is written into the file`,
    expected: 'the name of an environment variable or of a file: { env: NAME } or { file: PATH }',
    advice: 'take the value out of the file and issue a new one: it may be in version control by now',
    ...(fault.place ? { place: fault.place } : {}),
  }
}

function missingFile(file: string): Fault {
  return {
    code: 'CONFIG_MISSING',
    message: `there is no configuration file ${file}`,
    advice: 'check the path after --config; it is relative to the working directory',
  }
}

function twoFiles(one: string, other: string): Fault {
  return {
    code: 'CONFIG_AMBIGUOUS',
    message: `there are two configuration files: ${one} and ${other}`,
    advice: 'keep one of them, or choose with --config',
  }
}
