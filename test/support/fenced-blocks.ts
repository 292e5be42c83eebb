import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A fenced block of a Markdown file. */
export interface FencedBlock {
  /** What stands behind the opening fence: `yaml debug`. */
  readonly info: string
  readonly text: string
  /** 1-based line of the opening fence. */
  readonly line: number
}

/** The fenced blocks of a page under `docs/`, in order. */
export function fencedBlocks(page: string): readonly FencedBlock[] {
  const text = readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8')
  return [...text.matchAll(/^```([^\n]*)\n(.*?)^```$/gms)].map(({ 1: info = '', 2: body = '', index }) => ({
    info,
    text: body,
    line: text.slice(0, index).split('\n').length,
  }))
}
