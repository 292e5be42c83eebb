import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder of its own with the given files, by their relative paths. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'cxspec-test-'))

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [name, text] of Object.entries(files)) this.write(name, text)
  }

  /** The absolute path of a file below the folder. */
  at(name: string): string {
    return join(this.path, name)
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(this.at(name)), { recursive: true })
    writeFileSync(this.at(name), text)
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}
