import { hostname } from 'node:os'
import type { Secrets } from '../config/secrets.ts'
import type { InterruptionSignal } from '../runner/interruption.ts'
import { systemClock } from './system-clock.ts'
import type { Emergencies, Emergency, World } from './world.ts'

const SIGNALS: readonly InterruptionSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** The world of this process. */
export function processWorld(emergencies: Emergencies, secrets: Secrets): World {
  return {
    env: process.env,
    cwd: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    clock: systemClock,
    emergencies,
    secrets,
    random: Math.random,
    hostname: hostname(),
  }
}

/** Signals, errors that nobody caught, and promises that nothing can settle any more. Where nobody listens, a signal ends the process as usual, and an error goes to `onCrash`. */
export function processEmergencies(onCrash: (error: unknown) => void): Emergencies {
  const listeners = new Set<(emergency: Emergency) => void>()
  const onSignal = (signal: NodeJS.Signals): void => {
    const known = SIGNALS.find((candidate) => candidate === signal)
    if (known) for (const listener of [...listeners]) listener({ kind: 'signal', signal: known })
  }
  const onError = (error: unknown): void => {
    onCrash(error)
    for (const listener of [...listeners]) listener({ kind: 'crash', error })
  }
  const onStall = (): void => {
    if (listeners.size > 0) onError(new Error('nothing is left that could settle what is waited for'))
  }
  process.on('uncaughtException', onError)
  process.on('unhandledRejection', onError)
  process.on('beforeExit', onStall)
  return {
    subscribe: (listener) => {
      if (listeners.size === 0) for (const signal of SIGNALS) process.on(signal, onSignal)
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) for (const signal of SIGNALS) process.off(signal, onSignal)
      }
    },
  }
}
