import type { RequestLimits } from '../../src/api/client-options.ts'
import { createClient } from '../../src/api/create-client.ts'
import type { Client } from '../../src/api/send.ts'
import type { Emulator } from '../../src/emulator/emulator.ts'
import { IN_MEMORY_BASE_URL, inMemory } from '../../src/emulator/in-memory.ts'
import { DEFAULT_CLIENT } from '../../src/emulator/options.ts'
import type { Clock } from '../../src/model/clock.ts'

/** A client of an emulator in memory, on its clock, with these limits of single APIs. */
export function emulatorClient(emulator: Emulator, clock: Clock, apis: RequestLimits['apis'] = {}): Client {
  return createClient({
    target: {
      name: 'emulator',
      baseUrl: IN_MEMORY_BASE_URL,
      tokenUrl: `${IN_MEMORY_BASE_URL}/oauth/token`,
      clientAuthentication: 'basic',
      grantIn: 'body',
      clientId: DEFAULT_CLIENT.id,
      clientSecret: DEFAULT_CLIENT.secret,
    },
    limits: { requestsAtOnce: 8, apis },
    timeouts: { callMs: 30_000 },
    clock,
    random: () => 0.5,
    transport: inMemory(emulator),
    correlationId: () => '00000000-0000-4000-8000-000000000000',
    userAgent: 'cxspec/test',
  })
}
