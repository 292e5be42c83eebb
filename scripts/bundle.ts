/**
 * Puts the modules of src/ together in a few files under dist/, since loading hundreds of small ones takes longer than many a run:
 * one for the command, one for the library, and one for each part that only some commands load. Packages stay where they are.
 */
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')
const target = join(root, 'dist')

rmSync(target, { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: ['src/cli/main.ts', 'src/index.ts'],
  outdir: target,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  logLevel: 'warning',
})
// They are loaded from beside the code that asks for them.
cpSync(join(root, 'src/schema/generated'), join(target, 'chunks/generated'), { recursive: true, filter: (path) => !path.endsWith('.ts') })
