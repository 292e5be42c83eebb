import { systemClock } from '../../../src/cli/system-clock.ts'
import type { Emergency, World } from '../../../src/cli/world.ts'
import { Secrets } from '../../../src/config/secrets.ts'

export interface CliResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface CliWorld {
  readonly cwd: string
  readonly env?: World['env']
  /** What happens to the command while it runs. */
  readonly meanwhile?: (send: (emergency: Emergency) => void) => void
}

/** Runs a command in this process, in a world of its own. */
export async function runCli(args: readonly string[], { cwd, env = {}, meanwhile }: CliWorld): Promise<CliResult> {
  const said = { stdout: '', stderr: '' }
  const listeners = new Set<(emergency: Emergency) => void>()
  const world: World = {
    env: { CI: 'true', NO_COLOR: '1', ...env },
    cwd,
    stdout: { write: (text) => (said.stdout += text) },
    stderr: { write: (text) => (said.stderr += text) },
    clock: systemClock,
    emergencies: {
      subscribe: (listener) => {
        listeners.add(listener)
        meanwhile?.((emergency) => listener(emergency))
        return () => listeners.delete(listener)
      },
    },
    secrets: new Secrets(),
    random: () => 0.5,
    hostname: 'test-host',
  }
  // mocha requires this file, commands import theirs: only what is imported as well shares its classes with them
  const { cli } = await import('../../../src/cli/cli.ts')
  const code = await cli(args, world)
  return { code, ...said }
}
