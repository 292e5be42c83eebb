import picocolors from 'picocolors'

/** Functions that wrap a text in a colour, or leave it as it is. */
export type Colours = ReturnType<typeof picocolors.createColors>

/** Colours for a screen that shows them, or the same functions doing nothing. */
export function coloursOf(hasColours: boolean): Colours {
  return picocolors.createColors(hasColours)
}

/** No colours: for files. */
export const plain: Colours = coloursOf(false)
