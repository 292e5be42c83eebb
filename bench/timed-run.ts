import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A whole process, from before it was started until it was gone. */
export interface TimedRun {
  readonly ms: number
  /** The largest resident memory, in megabytes; 0 where the process could not tell. */
  readonly megabytes: number
  readonly exitCode: number | null
  /** What it complained about. */
  readonly stderr: string
}

/** How a program is run. */
export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Measures memory too, for a few milliseconds more. @default true */
  readonly withMemory?: boolean
}

const tellMemory = pathToFileURL(join(import.meta.dirname, 'tell-memory.mjs')).href

/** Runs `node ...args` to its end and measures it. Its standard output is dropped. */
export function timedRun(
  args: readonly string[],
  { cwd = process.cwd(), env = {}, withMemory = true }: RunOptions = {},
): Promise<TimedRun> {
  const preload = withMemory ? ['--import', tellMemory] : []
  return new Promise((resolve, reject) => {
    const startedAtMs = performance.now()
    const child = spawn(process.execPath, [...preload, ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    })
    const texts = { stderr: '', memory: '' }
    child.stdio[2]?.on('data', (chunk: Buffer) => {
      texts.stderr += chunk.toString()
    })
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      texts.memory += chunk.toString()
    })
    child.on('error', reject)
    child.on('close', (exitCode) => {
      resolve({ ms: performance.now() - startedAtMs, megabytes: Number(texts.memory) / 1_024, exitCode, stderr: texts.stderr })
    })
  })
}

/** The middle one of some figures. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
