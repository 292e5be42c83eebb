import { resolve } from 'node:path'
import { AuditTrail } from '../../journal/audit-trail.ts'
import { readJournal } from '../../journal/read-journal.ts'
import { emptyJournal, unreadableJournal } from '../../journal/unreadable-journal.ts'
import { type JournalVerdict, verifyJournal } from '../../journal/verify-journal.ts'
import { FaultError } from '../../model/fault.ts'
import { printable } from '../../model/printable.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import type { World } from '../world.ts'

/** `cxspec audit`: whether a journal is as it was written, and what was done to the target. */
export const audit: Command = {
  operands: 'verify|list JOURNAL',
  operandCount: { least: 2, most: 2 },
  about:
    'verify checks the chain of a journal: it finds the first line that was changed, removed, inserted or put in another order.\n' +
    'It exits 0 where the journal is as it was written, and 1 where it is not. The hash of the last line is printed: kept elsewhere, it\n' +
    'also proves that nobody wrote the whole journal anew or cut off its end.\n' +
    'list prints every phase of every job (validated, dispatched, each change of state, finished, aggregated…), one JSON object a line.',
  flags: [],
  examples: [
    { command: 'cxspec audit verify reports/journal.jsonl', effect: 'check the journal of the last run' },
    { command: 'cxspec audit list reports/journal.jsonl', effect: 'what it did to the target' },
  ],
  async run(line, world) {
    const [verb = '', path = ''] = line.positionals
    if (verb === 'verify') return verifyChain(path, world)
    if (verb === 'list') return listPhases(path, world)
    throw new FaultError([unknownVerb(verb)])
  },
}

function verifyChain(path: string, world: World): number {
  const verdict = verify(resolve(world.cwd, path), path)
  const name = printable(path)
  if (verdict.isIntact && verdict.lines === 0) throw new FaultError([emptyJournal(path)])
  if (!verdict.isIntact) {
    world.stdout.write(`${name}:${verdict.line}: the journal was tampered with: ${printable(verdict.message)}\n`)
    return EXIT.failed
  }
  world.stdout.write(
    `${name}: intact, ${verdict.lines} ${verdict.lines === 1 ? 'line' : 'lines'}${endOf(verdict)}\nlast hash ${verdict.lastHash}\n`,
  )
  return EXIT.ok
}

async function listPhases(path: string, world: World): Promise<number> {
  const trail = new AuditTrail()
  let isEmpty = true
  for await (const event of readJournal(resolve(world.cwd, path))) {
    isEmpty = false
    const record = trail.on(event)
    if (record) world.stdout.write(`${JSON.stringify(record)}\n`)
  }
  if (isEmpty) throw new FaultError([emptyJournal(path)])
  return EXIT.ok
}

function endOf({ isTorn, isComplete }: { readonly isTorn: boolean; readonly isComplete: boolean }): string {
  if (isTorn) return '; its last line was torn off while it was written, so the run did not come to its end'
  return isComplete ? '' : '; it does not end with the end of a run: the run was killed, or lines are missing at the end'
}

function verify(path: string, shown: string): JournalVerdict {
  try {
    return verifyJournal(path)
  } catch (error) {
    throw new FaultError([unreadableJournal(shown, error)])
  }
}

function unknownVerb(verb: string) {
  return {
    code: 'UNKNOWN_VERB',
    message: `cxspec audit cannot ${JSON.stringify(verb)}`,
    expected: 'cxspec audit verify JOURNAL, or cxspec audit list JOURNAL',
  }
}
