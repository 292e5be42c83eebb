import type { JsonObject } from '../../model/json.ts'
import { validateEventRequest } from '../../schema/generated/api.ts'
import type { Validator } from '../../schema/validator.ts'
import { jsonBody } from '../body.ts'
import { jsonAnswer } from '../exchange.ts'
import type { Operation } from '../operation.ts'

interface EventRequest {
  readonly eventType: string
  readonly data: JsonObject
}

const isEventRequest: Validator<EventRequest> = validateEventRequest

/** Takes an event, which the history then shows: 202. */
export const events: Operation = {
  api: 'events',
  method: 'POST',
  paths: ['/api/v2/events/publish'],
  access: { scopes: ['events:publish'] },
  answer({ request, entry }, { settings, recorder }) {
    const { eventType, data } = jsonBody(request, isEventRequest)
    const eventId = settings.newId()
    recorder.add('events', { id: eventId, request: entry?.id ?? 0, eventType, data, atMs: settings.clock.now() })
    return jsonAnswer(202, { eventId, status: 'accepted' })
  },
}
