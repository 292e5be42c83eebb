import { stripVTControlCharacters } from 'node:util'

/** Cells put below each other, two spaces apart; `right` names the columns whose cells end at the same place. Colours take no room. */
export function columns(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths = rows.reduce<number[]>((widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, widthOf(cell))), [])
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const room = ' '.repeat((widths[column] ?? 0) - widthOf(cell))
        return right.includes(column) ? `${room}${cell}` : `${cell}${room}`
      })
      .join('  ')
      .trimEnd(),
  )
}

function widthOf(cell: string): number {
  return stripVTControlCharacters(cell).length
}
