import { readFileSync } from 'node:fs'
import { cli } from '../../src/cli/cli.ts'
import { Secrets } from '../../src/config/secrets.ts'
import { Folder } from '../support/folder.ts'
import { realClock } from '../support/real-clock.ts'

/** A scenario of results.json, as far as these tests look at it. */
interface ResultScenario {
  readonly name: string
  readonly outcome: {
    readonly status: string
    readonly findings?: readonly {
      readonly code: string
      readonly message: string
      readonly place?: { readonly line: number; readonly column: number }
    }[]
    readonly problem?: { readonly code: string; readonly message: string }
  }
}

export interface InMemoryRun {
  readonly exitCode: number
  readonly stderr: string
  readonly suites: readonly { readonly file: string; readonly scenarios: readonly ResultScenario[] }[]
}

/** `cxspec run` in this process, against the emulator in memory. */
export async function runInMemory(args: readonly string[], cwd: string): Promise<InMemoryRun> {
  const output = new Folder()
  let stderr = ''
  try {
    const exitCode = await cli(['run', '--target', 'emulator', '--quiet', '--output', output.path, ...args], {
      env: {},
      cwd,
      stdout: { write: () => undefined },
      stderr: { write: (text: string) => (stderr += text) },
      clock: realClock,
      emergencies: { subscribe: () => () => undefined },
      secrets: new Secrets(),
      random: () => 0.5,
      hostname: 'localhost',
    })
    return { exitCode, stderr, suites: JSON.parse(readFileSync(output.at('results.json'), 'utf8')).suites }
  } finally {
    output.remove()
  }
}
