import type { Fault } from '../model/fault.ts'
import type { Place, Pointer } from '../model/place.ts'
import type { Sources } from './sources.ts'
import { faultOfWebhookUrl } from './webhook-url.ts'

/** Leaves the fault of an address in `sources`, with its place; the line itself is not shown where it holds a password. */
export function refuseWebhookUrl(at: Pointer, fault: Omit<Fault, 'place'>, sources: Sources): void {
  const { place } = sources.placed(at)
  sources.faults.push({ ...fault, ...(place ? { place: fault.code === 'CREDENTIALS_IN_URL' ? withoutSource(place) : place } : {}) })
}

/** Refuses each address of a list that webhooks may not go to; `at` is where the list stands. */
export function refuseWebhookUrls(at: Pointer, urls: readonly string[], sources: Sources): void {
  for (const [index, url] of urls.entries()) {
    const fault = faultOfWebhookUrl(`${at.join('.')}[${index}]`, url)
    if (fault) refuseWebhookUrl([...at, index], fault, sources)
  }
}

function withoutSource({ source: _source, ...place }: Place): Place {
  return place
}
