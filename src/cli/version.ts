import { readFileSync } from 'node:fs'
import { packageFile } from './package-file.ts'

/** The version of this package, from its `package.json`. */
export function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'))
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version)
  throw new Error('package.json has no version')
}
