import { isAbsolute, relative, resolve } from 'node:path'
import type { World } from './world.ts'

/** A path that is relative to the world's working directory as this process has to write it: the same, where both stand in one folder. */
export function pathFor(world: World, path: string): string {
  return isAbsolute(path) ? path : relative(process.cwd(), resolve(world.cwd, path)) || '.'
}
