import { type Colours, coloursOf } from '../report/colours.ts'
import { screenOf } from '../report/screen/screen-of.ts'
import type { CommandLine } from './command-line.ts'
import { colourEnvironment } from './report-environment-for.ts'
import type { World } from './world.ts'

/** The colours of standard output, as the flags, the environment and the terminal want them. */
export function screenColours(line: CommandLine, world: World): Colours {
  return coloursOf(screenOf(world.stdout, colourEnvironment(line, world), 'normal').hasColours)
}
