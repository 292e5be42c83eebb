/** A line of the table: what was measured, against what, and what is asked for. */
export interface Row {
  readonly what: string
  readonly measured: string
  readonly comparedWith: string
  readonly result: string
  readonly goal: string
  readonly isMet: boolean
}

/** A line whose result is a figure that may be at most `goal`. */
export function row(what: string, measured: string, comparedWith: string, result: number, goal: number, unit: string): Row {
  return { what, measured, comparedWith, result: `${figure(result)} ${unit}`, goal: `≤ ${goal} ${unit}`, isMet: result <= goal }
}

function figure(value: number): string {
  return value >= 10 ? value.toFixed(0) : value.toFixed(2)
}

/** `1.23 s` or `85 ms`. */
export function time(ms: number): string {
  return ms >= 1_000 ? `${(ms / 1_000).toFixed(2)} s` : `${ms.toFixed(0)} ms`
}

/** The rows as a table of plain text, which is Markdown as well. */
export function table(rows: readonly Row[]): string {
  const cells = [
    ['what', 'cxspec', 'compared with', 'result', 'goal', ''],
    ...rows.map(({ what, measured, comparedWith, result, goal, isMet }) => [
      what,
      measured,
      comparedWith,
      result,
      goal,
      isMet ? 'met' : 'MISSED',
    ]),
  ]
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0), 3))
  const lines = cells.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}
