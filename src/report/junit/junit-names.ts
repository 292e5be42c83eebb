import { createHash } from 'node:crypto'
import { cutText } from '../show.ts'
import { LIMITS, xmlLine } from './junit-text.ts'

const MARK_LENGTH = 8

/**
 * The dotted path of each file without its extension, as `classname`: `scenarios/ivr/menu.cxspec.yaml` → `scenarios.ivr.menu`.
 * Files that would share one (`a.b.cxspec.yaml` and `a/b.cxspec.yaml`) are named by their whole path instead.
 */
export function classNames(files: Iterable<string>): Map<string, string> {
  const dotted = new Map([...new Set(files)].map((file) => [file, dottedName(file)]))
  const counts = new Map<string, number>()
  for (const name of dotted.values()) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map([...dotted].map(([file, name]) => [file, counts.get(name) === 1 ? name : fitting(file, file)]))
}

function dottedName(file: string): string {
  const path = file.replace(/(\.cxspec)?\.(ya?ml|json)$/i, '').replace(/^(\.{0,2}\/)+/, '')
  return fitting(path.replaceAll('/', '.'), file)
}

/**
 * A name for each entry, in order: the text as it is where it fits. One that is too long, has nothing left of it in XML, or is
 * there already gets a mark made from `id`, so that it is unique in its list and the same in every run.
 */
export function uniqueNames(entries: readonly { readonly id: string; readonly name: string }[]): string[] {
  const taken = new Set<string>()
  return entries.map(({ id, name }) => {
    const fits = fitting(name, id)
    const unique = taken.has(fits) ? marked(fits, id) : fits
    taken.add(unique)
    return unique
  })
}

function fitting(text: string, id: string): string {
  const line = xmlLine(text, Number.POSITIVE_INFINITY)
  return line === '' || line.length > LIMITS.nameLength ? marked(line, id) : line
}

function marked(text: string, id: string): string {
  const mark = ` (${createHash('sha256').update(id).digest('hex').slice(0, MARK_LENGTH)})`
  return `${cutText(text, LIMITS.nameLength - mark.length)}${mark}`.trim()
}
