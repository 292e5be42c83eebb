import { Dirent, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative, resolve, sep } from 'node:path'

const SCENARIO_FILE = /\.cxspec\.ya?ml$/

/** Never searched, unless it is named itself. */
const PACKAGES = 'node_modules'

/** Told each folder that may not be read, relative to the root. */
export type OnClosed = (folder: string) => void

/** Whether a path is named like a scenario file. */
export function isScenarioFile(path: string): boolean {
  return SCENARIO_FILE.test(path)
}

/** Whether a path is a glob. */
export function isGlob(path: string): boolean {
  return globs().isDynamicPattern(path)
}

/**
 * The scenario files in a folder and below it, relative to `root`, with forward slashes. Hidden files and folders, node_modules and
 * links to folders are left out. Written out, since a glob costs ten times as much: it holds every name against every pattern.
 */
export function searchFolder(root: string, folder: string, onClosed: OnClosed): string[] {
  const found: string[] = []
  const pending = [folder]
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    for (const entry of entriesOf(root, place, onClosed)) {
      const { name } = entry
      if (name.startsWith('.')) continue
      if (entry.isDirectory()) {
        if (name !== PACKAGES) pending.push(join(place, name))
      } else if (isScenarioFile(name)) found.push(slashed(join(place, name)))
    }
  }
  return found
}

function entriesOf(root: string, folder: string, onClosed: OnClosed): Dirent[] {
  try {
    return readdirSync(resolve(root, folder), { withFileTypes: true })
  } catch (error) {
    if (isForbidden(error)) onClosed(slashed(relative(root, resolve(root, folder))) || '.')
    return []
  }
}

/** The scenario files behind a glob, with the same exceptions. */
export function searchGlob(root: string, pattern: string, onClosed: OnClosed): string[] {
  const found = globs().globSync(pattern, {
    cwd: root,
    followSymbolicLinks: false,
    expandDirectories: false,
    ignore: [`**/${PACKAGES}/**`],
    fs: { readdirSync: readdirTelling((folder) => onClosed(slashed(relative(root, resolve(root, folder))) || '.')) },
  })
  return found.map((file) => slashed(file)).filter((file) => isScenarioFile(file))
}

/** Loaded only where a path may be a glob. */
function globs(): typeof import('tinyglobby') {
  return createRequire(import.meta.url)('tinyglobby')
}

/**
 * As Node's, but whatever is neither a file nor a folder and has the name of a scenario file passes as a file, and folders that may
 * not be read are told: the search itself passes over them in silence.
 */
function readdirTelling(onClosed: OnClosed): typeof readdirSync {
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
