import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { FaultError } from '../../model/fault.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { type InitFile, initFiles } from '../init-files.ts'
import { makeFolders } from '../make-folders.ts'

/** `cxspec init`: a first project in the working directory. */
export const init: Command = {
  operands: '',
  operandCount: { least: 0, most: 0 },
  about:
    'Writes a small configuration, a first flow with scenarios that pass on the emulator, and the settings with which VS Code\n' +
    'explains and completes the files. A file that is there already is left as it is.',
  flags: [],
  examples: [{ command: 'cxspec init && cxspec run', effect: 'a first project, and its first run' }],
  async run(_line, world) {
    for (const file of initFiles) world.stdout.write(`${write(file, world.cwd) ? 'wrote' : 'kept '}  ${file.path}\n`)
    world.stdout.write('\nNext: cxspec run\n')
    return EXIT.ok
  },
}

/** False where there is something at that path already. */
function write({ path, text }: InitFile, cwd: string): boolean {
  const place = join(cwd, path)
  makeFolders([dirname(place)])
  try {
    writeFileSync(place, text, { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    const why = error instanceof Error ? error.message : String(error)
    throw new FaultError([
      { code: 'CANNOT_WRITE', message: `${path} cannot be written: ${why}`, advice: 'check the permissions of the folder' },
    ])
  }
}
