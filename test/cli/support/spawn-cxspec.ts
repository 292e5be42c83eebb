import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'

const MAIN = resolve('dist/cli/main.js')

const running = new Set<ChildProcess>()

/** Kills what a test that failed left behind. */
export function killSpawned(): void {
  for (const child of running) child.kill('SIGKILL')
}

export interface SpawnOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** A module that is loaded before the command. */
  readonly preload?: string
  /** File descriptor or kind of standard output. @default 'pipe' */
  readonly stdout?: 'pipe' | number
}

/** A command in a process of its own, as users run it; built by `npm run build`. */
export class SpawnedCxspec {
  readonly child: ChildProcess
  stdout = ''
  stderr = ''
  /** The exit code, or the name of the signal that killed it. */
  readonly ended: Promise<number | NodeJS.Signals | null>
  #onOutput: () => void = () => undefined

  constructor(args: readonly string[], { cwd, env = {}, preload, stdout = 'pipe' }: SpawnOptions) {
    const imports = preload === undefined ? [] : ['--import', resolve(preload)]
    this.child = spawn(process.execPath, [...imports, MAIN, ...args], {
      cwd,
      env: { PATH: process.env['PATH'], HOME: cwd, ...env },
      stdio: ['ignore', stdout, 'pipe'],
    })
    running.add(this.child)
    this.child.stdout?.on('data', (chunk: Buffer) => this.#take('stdout', chunk))
    this.child.stderr?.on('data', (chunk: Buffer) => this.#take('stderr', chunk))
    this.ended = new Promise((done) =>
      this.child.on('close', (code, signal) => {
        running.delete(this.child)
        done(code ?? signal)
      }),
    )
  }

  /** Resolves once the output has this in it; rejects when the process ends without it. */
  async says(text: string | RegExp): Promise<void> {
    const isSaid = (): boolean => `${this.stdout}${this.stderr}`.search(text) >= 0
    let isOver = false
    void this.ended.then(() => {
      isOver = true
      this.#onOutput()
    })
    while (!isSaid()) {
      if (isOver) throw new Error(`ended without saying ${text}: ${this.stdout}${this.stderr}`)
      await new Promise<void>((next) => {
        this.#onOutput = next
      })
    }
  }

  #take(stream: 'stdout' | 'stderr', chunk: Buffer): void {
    this[stream] += chunk.toString()
    this.#onOutput()
  }
}

/** Runs a command to its end. */
export async function runCxspec(
  args: readonly string[],
  options: SpawnOptions,
): Promise<SpawnedCxspec & { readonly code: number | NodeJS.Signals | null }> {
  const spawned = new SpawnedCxspec(args, options)
  return Object.assign(spawned, { code: await spawned.ended })
}
