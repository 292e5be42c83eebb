import type { Json } from '../model/json.ts'
import type { Reading } from '../model/reading.ts'
import { boundFaults } from './bound-faults.ts'
import { type Locator, openLocator } from './locate.ts'
import { readYaml } from './read-yaml.ts'

/** Judges what was read; `locator` tells where its parts stand. */
export type CheckYaml<T> = (value: Json, locator: Locator) => Reading<T>

/**
 * Reads YAML or JSON and has it judged. Where only some of its values are at fault in themselves (`007`, `!!int`), the rest is judged all the
 * same, with each of those as the text that stands there: so every fault of a file is told at once, and none of them twice.
 */
export function readAndCheck<T>(text: string, file: string, check: CheckYaml<T>): Reading<T> {
  const reading = readYaml(text, file)
  if (!reading.faults) return check(reading.value.value, lazyLocator(text, file))
  const { faults, salvaged } = reading
  if (!salvaged) return { faults }
  const found = check(salvaged.value, lazyLocator(text, file)).faults ?? []
  return { faults: boundFaults([...salvaged.faults, ...found.filter(({ place }) => !place || !salvaged.isTold(place))]) }
}

/** Places are worked out by parsing once more, so only where one is asked for. */
function lazyLocator(text: string, file: string): Locator {
  let opened: Locator | undefined
  const locator = (): Locator => {
    opened ??= openLocator(text, file)
    return opened
  }
  return {
    placeOf: (pointer) => locator().placeOf(pointer),
    keyPlaceOf: (pointer) => locator().keyPlaceOf(pointer),
    plainTextOf: (pointer) => locator().plainTextOf(pointer),
  }
}
