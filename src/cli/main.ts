#!/usr/bin/env node
import { writeSync } from 'node:fs'
import { inspect } from 'node:util'
import { Secrets } from '../config/secrets.ts'
import { cli } from './cli.ts'
import { EXIT } from './exit-codes.ts'
import { processEmergencies, processWorld } from './process-world.ts'

const STDERR = 2

// Until there is a verdict, the end of this process is no success, whatever brings it about: Node itself would exit 0 where a promise
// never settles. Nothing here calls process.exit, which cuts off what is still on its way through a pipe.
process.exitCode = EXIT.bug
const secrets = new Secrets()
let isOver = false
let isBroken = false

process.on('exit', () => {
  if (!isOver) tell('cxspec: the process ended before there was a verdict')
})
for (const stream of [process.stdout, process.stderr]) stream.on('error', spoil)

cli(process.argv.slice(2), processWorld(processEmergencies(crash), secrets)).then(
  (exitCode) => {
    isOver = true
    process.exitCode = isBroken ? EXIT.bug : exitCode
  },
  (error: unknown) => {
    isOver = true
    crash(error)
  },
)

/** A bug: its stack is for whoever mends it, without the secrets that it may carry. */
function crash(error: unknown): void {
  spoil()
  tell(secrets.mask(inspect(error)))
}

/** What was to be said or written is not whole, so the exit code must not be one of success. */
function spoil(): void {
  isBroken = true
  process.exitCode = EXIT.bug
}

function tell(text: string): void {
  try {
    writeSync(STDERR, `${text}\n`)
  } catch {
    // Nobody listens any more; the exit code still tells.
  }
}
