import type { Fault } from '../model/fault.ts'
import type { Pointer } from '../model/place.ts'
import { boundFaults } from '../yaml/bound-faults.ts'
import { type Locator, openLocator } from '../yaml/locate.ts'

/** Collects the faults of one file. Places are worked out only here, by parsing the text again, and each fault is told once. */
export class FaultList {
  readonly #faults = new Map<string, Fault>()
  readonly #open: () => Locator
  #locator: Locator | undefined

  constructor(text: string, file: string) {
    this.#open = () => openLocator(text, file)
  }

  get locator(): Locator {
    this.#locator ??= this.#open()
    return this.#locator
  }

  /** A fault at a value, or at the key before it. */
  add(fault: Fault, pointer: Pointer, atKey = false): void {
    this.addPlaced({ ...fault, place: atKey ? this.locator.keyPlaceOf(pointer) : this.locator.placeOf(pointer) })
  }

  /** A fault that has its place, maybe in another file. What several scenarios take from one place by aliases is at fault once. */
  addPlaced(fault: Fault): void {
    const { code, message, place } = fault
    const key = JSON.stringify([code, message.replace(/scenarios\[\d+\]/, ''), place?.file, place?.line, place?.column])
    if (!this.#faults.has(key)) this.#faults.set(key, fault)
  }

  /** In the order of the file, and bounded; empty where all is well. */
  all(): readonly Fault[] {
    return boundFaults([...this.#faults.values()])
  }
}
