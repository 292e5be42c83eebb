/** Beyond so many calls nobody would go, and no number is told. */
const MOST_CALLS = 10_000_000

/**
 * The smallest number from `from` for which `holds`, undefined where it is out of reason. What holds once holds for nearly all larger
 * numbers (rounding makes small steps back), so it is closed in on by doubling and halving.
 */
export function smallest(from: number, holds: (n: number) => boolean): number | undefined {
  let below = from - 1
  let above = Math.max(from, 1)
  while (!holds(above)) {
    below = above
    above *= 2
    if (above > MOST_CALLS) return undefined
  }
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2)
    if (holds(middle)) above = middle
    else below = middle
  }
  return above
}
