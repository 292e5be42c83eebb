import type { Fault } from '../model/fault.ts'
import type { Pointer } from '../model/place.ts'
import { boundFaults } from '../yaml/bound-faults.ts'
import { type Locator, openLocator } from '../yaml/locate.ts'
import type { SalvagedYaml } from '../yaml/read-yaml.ts'

/** Collects the faults of one file. Places are worked out only here, by parsing the text again, and each fault is told once. */
export class FaultList {
  readonly #faults = new Map<string, Fault>()
  readonly #open: () => Locator
  readonly #file: string
  readonly #salvaged: SalvagedYaml | undefined
  #locator: Locator | undefined

  /** Begins with the faults of what was salvaged; where they have said what is wrong, nothing is added. */
  constructor(text: string, file: string, salvaged?: SalvagedYaml) {
    this.#open = () => openLocator(text, file)
    this.#file = file
    this.#salvaged = salvaged
    for (const fault of salvaged?.faults ?? []) this.#keep(fault)
  }

  get locator(): Locator {
    this.#locator ??= this.#open()
    return this.#locator
  }

  /** Whether there is, at any depth, a text that only stands for a value whose fault is told. */
  holdsStandIn(value: unknown): boolean {
    const standIns = this.#salvaged?.standIns
    return standIns !== undefined && standIns.size > 0 && holdsOneOf(standIns, value)
  }

  /** A fault at a value, or at the key before it. */
  add(fault: Fault, pointer: Pointer, atKey = false): void {
    this.addPlaced({ ...fault, place: atKey ? this.locator.keyPlaceOf(pointer) : this.locator.placeOf(pointer) })
  }

  /** A fault that has its place, maybe in another file. What several scenarios take from one place by aliases is at fault once. */
  addPlaced(fault: Fault): void {
    const { place } = fault
    if (place?.file !== this.#file || !this.#salvaged?.isTold(place)) this.#keep(fault)
  }

  #keep(fault: Fault): void {
    const { code, message, place } = fault
    const key = JSON.stringify([code, message.replace(/scenarios\[\d+\]/, ''), place?.file, place?.line, place?.column])
    if (!this.#faults.has(key)) this.#faults.set(key, fault)
  }

  /** In the order of the file, and bounded; empty where all is well. */
  all(): readonly Fault[] {
    return boundFaults([...this.#faults.values()])
  }
}

function holdsOneOf(texts: ReadonlySet<string>, value: unknown): boolean {
  if (typeof value === 'string') return texts.has(value)
  return typeof value === 'object' && value !== null && Object.values(value).some((item) => holdsOneOf(texts, item))
}
