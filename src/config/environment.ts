import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import type { Fault } from '../model/fault.ts'
import type { Origin } from './origin.ts'

/** Environment variables, each with where it came from. An empty one counts as set. */
export interface Environment {
  readonly get: (name: string) => string | undefined
  readonly originOf: (name: string) => Origin
  readonly names: readonly string[]
}

type Variables = Readonly<Record<string, string | undefined>>

/**
 * The process's variables, completed from `--env-file` files (the form of Node's `--env-file`). What the process has wins over
 * every file, and a later file over an earlier one. A file that cannot be read is a fault.
 */
export function loadEnvironment(
  variables: Variables,
  envFiles: readonly string[],
  cwd: string,
): { environment: Environment; faults: Fault[] } {
  const found = new Map<string, { value: string; file?: string }>()
  const faults: Fault[] = []
  for (const file of envFiles) {
    const text = readText(resolve(cwd, file))
    if (text === undefined) faults.push(unreadable(file))
    else for (const [name, value] of Object.entries(parseEnv(text))) found.set(name, { value: value ?? '', file })
  }
  for (const [name, value] of Object.entries(variables)) if (value !== undefined) found.set(name, { value })
  return { environment: environmentOf(found), faults }
}

function environmentOf(found: ReadonlyMap<string, { value: string; file?: string }>): Environment {
  return {
    get: (name) => found.get(name)?.value,
    originOf: (name) => {
      const file = found.get(name)?.file
      return { kind: 'environment', name, ...(file === undefined ? {} : { file }) }
    },
    names: [...found.keys()],
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function unreadable(file: string): Fault {
  return {
    code: 'ENV_FILE_UNREADABLE',
    message: `the environment file ${file} cannot be read`,
    advice: 'check the path after --env-file; it is relative to the working directory',
  }
}
