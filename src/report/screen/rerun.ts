/** Places that fit on a line that someone copies. */
const MAX_PLACES = 8

/** A scenario to run again. */
export interface RerunPlace {
  readonly file: string
  readonly line: number
}

/**
 * The command that runs the given scenarios again, to be pasted into a POSIX shell: each by file and line, or, where those are many, by
 * file; `undefined` where even the files are too many for a line.
 */
export function rerunCommandFor(places: readonly RerunPlace[], command: string): string | undefined {
  const byLine = [...new Set(places.map(({ file, line }) => `${file}:${line}`))]
  const byFile = [...new Set(places.map(({ file }) => file))]
  const chosen = [byLine, byFile].find((list) => list.length <= MAX_PLACES)
  return chosen && chosen.length > 0 ? `${command} ${chosen.map(quoted).join(' ')}` : undefined
}

function quoted(argument: string): string {
  return /^[\w./:@+-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`
}
