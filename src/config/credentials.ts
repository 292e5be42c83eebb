import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Fault } from '../model/fault.ts'
import type { Reading } from '../model/reading.ts'
import type { Environment } from './environment.ts'
import { SHORT_SECRET_LENGTH } from './secret-forms.ts'
import type { CredentialSource, RemoteTarget, RemoteTargetSettings } from './settings.ts'

/** Far above any credential: a larger file is the wrong file. */
const MAX_FILE_BYTES = 65_536

/** What credentials are read from. */
export interface CredentialWorld {
  readonly environment: Environment
  readonly cwd: string
}

/**
 * Reads one credential. `{ env: NAME }` means the variable NAME, or the content of the file that NAME_FILE names; setting both is a
 * fault, since nobody can tell which one is meant. Line ends at the end are dropped. Empty, missing and unreadable are faults that
 * name the variable or the file and never show the value.
 */
export function readCredential(source: CredentialSource, purpose: string, world: CredentialWorld): Reading<string> {
  if ('file' in source) return readFile(source.file, purpose, world.cwd)
  const { env: name } = source
  const value = world.environment.get(name)
  const file = world.environment.get(`${name}_FILE`)
  if (value !== undefined && file !== undefined) return fault(twice(name, purpose))
  if (file !== undefined) return readFile(file, purpose, world.cwd)
  if (value === undefined) return fault(missing(name, purpose))
  return filled(value, purpose, `the environment variable ${name}`)
}

/** The target with its credentials, or every fault of them. Nothing is sent anywhere. */
export function readCredentials(target: RemoteTargetSettings, world: CredentialWorld): Reading<RemoteTarget> {
  const { credentials, ...rest } = target
  const clientId = readCredential(credentials.clientId, `the client id of target ${target.name}`, world)
  const clientSecret = longEnough(
    readCredential(credentials.clientSecret, `the client secret of target ${target.name}`, world),
    target.name,
  )
  if (clientId.faults || clientSecret.faults) return { faults: [...(clientId.faults ?? []), ...(clientSecret.faults ?? [])] }
  return { value: { ...rest, clientId: clientId.value, clientSecret: clientSecret.value } }
}

/** Where the credential is found, for people, without reading more than needed: `(set, from environment NAME)`. */
export function describeCredential(source: CredentialSource, environment: Environment): string {
  if ('file' in source) return `(from file ${source.file})`
  if (environment.get(source.env) !== undefined) return `(set, from environment ${source.env})`
  const name = `${source.env}_FILE`
  if (environment.get(name) !== undefined) return `(set, from the file named by environment ${name})`
  return `(not set: environment ${source.env} or ${name})`
}

function readFile(file: string, purpose: string, cwd: string): Reading<string> {
  try {
    const path = resolve(cwd, file)
    const found = statSync(path)
    if (!found.isFile()) return fault(unreadable(file, purpose, 'it is not a file'))
    if (found.size > MAX_FILE_BYTES) return fault(unreadable(file, purpose, `it is larger than ${MAX_FILE_BYTES} bytes`))
    return filled(readFileSync(path, 'utf8'), purpose, `the file ${file}`)
  } catch (error) {
    return fault(unreadable(file, purpose, error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'))
  }
}

function filled(text: string, purpose: string, where: string): Reading<string> {
  const value = text.replace(/[\r\n]+$/, '')
  if (value.trim() !== '') return { value }
  return fault({
    code: 'CREDENTIAL_EMPTY',
    message: `${purpose} is empty in ${where}`,
    advice: 'set it, or take the setting away; nothing was sent',
  })
}

function longEnough(reading: Reading<string>, target: string): Reading<string> {
  if (reading.faults || reading.value.length >= SHORT_SECRET_LENGTH) return reading
  return fault({
    code: 'CREDENTIAL_TOO_SHORT',
    message: `the client secret of target ${target} has fewer than ${SHORT_SECRET_LENGTH} characters, so it could not be kept out of reports`,
    advice: 'use the whole secret as CXone issued it',
  })
}

function fault(found: Fault): Reading<never> {
  return { faults: [found] }
}

function missing(name: string, purpose: string): Fault {
  return {
    code: 'CREDENTIAL_MISSING',
    message: `${purpose} is not set`,
    expected: `the environment variable ${name}, or ${name}_FILE with the path of a file that holds it`,
    advice: `set ${name}, or pass --env-file with a file that sets it`,
  }
}

function twice(name: string, purpose: string): Fault {
  return {
    code: 'CREDENTIAL_AMBIGUOUS',
    message: `${purpose} is set twice: by ${name} and by ${name}_FILE`,
    advice: `unset one of ${name} and ${name}_FILE`,
  }
}

function unreadable(file: string, purpose: string, reason: string): Fault {
  return {
    code: 'CREDENTIAL_UNREADABLE',
    message: `${purpose} cannot be read from the file ${file}: ${reason}`,
    advice: 'check the path and its permissions; the path is relative to the working directory',
  }
}
