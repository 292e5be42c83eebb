/** What stands in an output where a secret would have stood. */
export const MASK = '***'

/** Whether something secret was taken out of a value, so that nothing can be concluded from what is left. */
export function holdsMask(value: unknown): boolean {
  return value !== undefined && JSON.stringify(value).includes(MASK)
}
