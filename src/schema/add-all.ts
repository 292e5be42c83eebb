/** Adds all of `more` at the end of `all`, and returns that: what generated validators do with the errors of a part. */
export function addAll<T>(all: T[], more: readonly T[]): T[] {
  for (const item of more) all.push(item)
  return all
}
