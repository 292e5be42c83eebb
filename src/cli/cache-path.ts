import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { World } from './world.ts'

/**
 * Where checked suites are kept between runs: in `node_modules/.cache` as other tools do, else in the user's cache folder. `undefined`
 * where there is neither.
 */
export function cachePath({ cwd, env }: World): string | undefined {
  if (existsSync(join(cwd, 'node_modules'))) return join(cwd, 'node_modules', '.cache', 'cxspec', 'suites.json')
  const folder = env['XDG_CACHE_HOME'] || (env['HOME'] ? join(env['HOME'], '.cache') : undefined)
  const project = createHash('sha256').update(cwd).digest('hex').slice(0, 16)
  return folder === undefined ? undefined : join(folder, 'cxspec', project, 'suites.json')
}
