import type { Deliver } from '../../src/emulator/webhooks/deliver.ts'
import type { Inbox, InboxCounts, InboxOwner, Receiver } from '../../src/model/inbox.ts'
import type { Json } from '../../src/model/json.ts'

const ORIGIN = 'http://127.0.0.1:4011'

/** A receiver without a network, and how the emulator delivers to it. */
export function memoryReceiver(): { readonly receiver: Receiver; readonly deliver: Deliver } {
  const places = new Map<string, Place>()
  return {
    receiver: {
      open: async (owner) => {
        const place = new Place(`${ORIGIN}/${places.size}`, owner)
        places.set(place.url, place)
        return place
      },
      onStray: () => undefined,
      close: async () => undefined,
    },
    deliver: async ({ url, body }) => ({ status: places.get(url)?.take(JSON.parse(body)) ?? 404 }),
  }
}

class Place implements Inbox {
  readonly url: string
  readonly counts: { -readonly [name in keyof InboxCounts]: number } = { taken: 0, refused: 0, late: 0 }
  readonly #owner: InboxOwner
  #isOpen = true

  constructor(url: string, owner: InboxOwner) {
    this.url = url
    this.#owner = owner
  }

  take(body: Json): number {
    const kind = !this.#isOpen ? 'late' : this.#owner.take(body) ? 'taken' : 'refused'
    this.counts[kind] += 1
    return kind === 'refused' ? 400 : 200
  }

  close(): void {
    this.#isOpen = false
  }
}
