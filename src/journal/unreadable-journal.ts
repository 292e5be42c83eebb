import type { Fault } from '../model/fault.ts'

const ADVICE = 'name a journal that a run has written, e.g. reports/journal.jsonl'

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
}

/** A journal that the file system does not give: `error` is what it said. */
export function unreadableJournal(path: string, error: unknown): Fault {
  const said = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return { code: 'UNREADABLE_JOURNAL', message: `the journal ${path} cannot be read: ${REASONS[code] ?? said}`, advice: ADVICE }
}

/** A file without a single line: a run writes its first one before anything else. */
export function emptyJournal(path: string): Fault {
  return { code: 'EMPTY_JOURNAL', message: `the journal ${path} is empty: not even the start of a run stands in it`, advice: ADVICE }
}
