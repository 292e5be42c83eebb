import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A whole process, from before it was started until it was gone. */
export interface TimedRun {
  readonly ms: number
  /** The largest resident memory, in megabytes; 0 where the process could not tell. */
  readonly megabytes: number
  /** CPU time of all its threads, in milliseconds: unlike `ms`, it hardly depends on what else the machine does. 0 as above. */
  readonly cpuMs: number
  readonly exitCode: number | null
  /** What it complained about. */
  readonly stderr: string
}

/** How a program is run. */
export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Measures memory and CPU time too, for a few milliseconds more. @default true */
  readonly withUsage?: boolean
}

const tellUsage = pathToFileURL(join(import.meta.dirname, 'tell-usage.mjs')).href

/** Runs `node ...args` to its end and measures it. Its standard output is dropped. */
export function timedRun(args: readonly string[], { cwd = process.cwd(), env = {}, withUsage = true }: RunOptions = {}): Promise<TimedRun> {
  const preload = withUsage ? ['--import', tellUsage] : []
  return new Promise((resolve, reject) => {
    const startedAtMs = performance.now()
    const child = spawn(process.execPath, [...preload, ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    })
    const texts = { stderr: '', usage: '' }
    child.stdio[2]?.on('data', (chunk: Buffer) => {
      texts.stderr += chunk.toString()
    })
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      texts.usage += chunk.toString()
    })
    child.on('error', reject)
    child.on('close', (exitCode) => {
      resolve({ ms: performance.now() - startedAtMs, ...usageOf(texts.usage), exitCode, stderr: texts.stderr })
    })
  })
}

function usageOf(told: string): Pick<TimedRun, 'megabytes' | 'cpuMs'> {
  if (told === '') return { megabytes: 0, cpuMs: 0 }
  const { maxRSS, cpu } = JSON.parse(told) as { maxRSS: number; cpu: number }
  return { megabytes: maxRSS / 1_024, cpuMs: cpu / 1_000 }
}

/** The middle one of some figures. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
