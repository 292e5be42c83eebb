import { initFiles } from '../../../src/cli/init-files.ts'
import { Folder } from '../../support/folder.ts'

/** A folder with what `cxspec init` writes, and further files. */
export function initProject(files: Readonly<Record<string, string>> = {}): Folder {
  return new Folder({ ...Object.fromEntries(initFiles.map(({ path, text }) => [path, text])), ...files })
}
