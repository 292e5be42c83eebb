import { existsSync } from 'node:fs'
import { dirname, join, posix, relative, resolve, sep } from 'node:path'

/**
 * The way from the root of the repository (the nearest folder upwards with `.git` in it) to `directory`, with forward slashes.
 * Empty where `directory` is that root, or belongs to no repository.
 */
export function pathFromRepository(directory: string): string {
  const start = resolve(directory)
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return relative(folder, start).split(sep).join('/')
    if (dirname(folder) === folder) return ''
  }
}

/** A file of the working directory, relative to the root of the repository; `fromRepository` is what {@link pathFromRepository} yields. */
export function repositoryPath(fromRepository: string, file: string): string {
  return posix.isAbsolute(file) ? file : posix.join(fromRepository, file)
}
