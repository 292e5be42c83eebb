import { Dirent, readdirSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { globSync } from 'tinyglobby'

const SCENARIO_FILE = /\.cxspec\.ya?ml$/

/** Whether a path is named like a scenario file. */
export function isScenarioFile(path: string): boolean {
  return SCENARIO_FILE.test(path)
}

/**
 * The scenario files behind a glob, relative to `root`, with forward slashes. Hidden folders, node_modules and links to folders are not
 * searched. `onClosed` is told each folder that may not be read.
 */
export function searchBelow(root: string, pattern: string, onClosed: (folder: string) => void): string[] {
  const found = globSync(pattern, {
    cwd: root,
    followSymbolicLinks: false,
    expandDirectories: false,
    ignore: ['**/node_modules/**'],
    fs: { readdirSync: readdirTelling((folder) => onClosed(slashed(relative(root, resolve(root, folder))) || '.')) },
  })
  return found.map((file) => slashed(file)).filter((file) => isScenarioFile(file))
}

/**
 * As Node's, but whatever is neither a file nor a folder and has the name of a scenario file passes as a file, and folders that may
 * not be read are told: the search itself passes over them in silence.
 */
function readdirTelling(onClosed: (folder: string) => void): typeof readdirSync {
  return new Proxy(readdirSync, {
    apply(target, self, parameters: Parameters<typeof readdirSync>) {
      try {
        const entries: unknown = Reflect.apply(target, self, parameters)
        if (Array.isArray(entries)) for (const entry of entries) if (entry instanceof Dirent) passAsFile(entry)
        return entries
      } catch (error) {
        if (isForbidden(error)) onClosed(String(parameters[0]))
        throw error
      }
    },
  })
}

function isForbidden(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')
}

function passAsFile(entry: Dirent): void {
  if (entry.isFile() || entry.isDirectory() || !isScenarioFile(entry.name)) return
  entry.isFile = () => true
  entry.isSymbolicLink = () => false
}

/** A path with forward slashes, also on Windows. */
export function slashed(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path
}
