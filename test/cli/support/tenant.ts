import { loadTenants } from '../../../src/cli/load-tenants.ts'
import { createEmulator, type Emulator } from '../../../src/emulator/emulator.ts'
import type { FaultPlan } from '../../../src/emulator/faults/fault-plan.ts'
import { type EmulatorServer, serve } from '../../../src/emulator/http/serve.ts'
import { DEFAULT_CLIENT, type EmulatorOptions } from '../../../src/emulator/options.ts'
import { loadLibrary } from '../../../src/flow/load-library.ts'
import { createPoster } from '../../../src/webhooks/poster.ts'
import { realClock } from '../../support/real-clock.ts'

/** A tenant on a loopback port, and the environment with which a run reaches it. */
export interface Tenant {
  readonly emulator: Emulator
  readonly server: EmulatorServer
  readonly env: Readonly<Record<string, string>>
  /** Resolves as soon as a request of this API has arrived. */
  readonly asked: (api: string) => Promise<void>
}

const PATIENCE_MS = 10_000

/** Serves the flows and tenant files of a project, with faults. What it posts, it posts over the network. */
export async function openTenant(root: string, faults: FaultPlan['faults'] = [], options: Partial<EmulatorOptions> = {}): Promise<Tenant> {
  const { flows } = loadLibrary(['scenarios'], root)
  const declared = await loadTenants(['scenarios'], root)
  const emulator = createEmulator({
    flows,
    clock: realClock,
    deliver: createPoster().post,
    faults: { faults },
    ...declared.options,
    ...options,
  })
  const server = await serve(emulator, { closeGraceMs: 0 })
  return {
    emulator,
    server,
    env: { CXSPEC_BASE_URL: server.url, CXSPEC_CLIENT_ID: DEFAULT_CLIENT.id, CXSPEC_CLIENT_SECRET: DEFAULT_CLIENT.secret },
    asked: async (api) => {
      const untilMs = realClock.now() + PATIENCE_MS
      while (emulator.history.requests(api).length === 0) {
        if (realClock.now() > untilMs) throw new Error(`nobody has asked for ${api}`)
        await realClock.sleep(5)
      }
    },
  }
}
