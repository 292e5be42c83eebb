import { createEmulator } from '../../src/emulator/emulator.ts'
import { createLibrary } from '../../src/flow/library.ts'
import { readFlow } from '../../src/flow/read-flow.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { Suite } from '../../src/model/suite.ts'
import { bindStep } from '../../src/scenario/bind-step.ts'
import { readSuite } from '../../src/scenario/read-suite.ts'
import { stepKinds } from '../../src/steps/kinds.ts'
import { emulatorClient } from './emulator-client.ts'
import { FakeClock } from './fake-clock.ts'
import { memoryReceiver } from './memory-receiver.ts'
import { testContext } from './step-context.ts'

/** The scenario file as a suite; throws with every fault of it. */
export function suiteOf(text: string): Suite {
  const reading = readSuite(text, 'example.cxspec.yaml', {
    vars: {},
    configVars: {},
    ci: false,
    readText: () => {
      throw new Error('an example reads no other file')
    },
  })
  if (reading.faults) throw new Error(reading.faults.map((fault) => `${fault.place?.line}: ${fault.message}`).join('\n'))
  return reading.value
}

/** Does every scenario of a file, step by step, against the emulator in memory over these flows. The findings of each, by its name. */
export async function performScenarios(text: string, flows: readonly string[]): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const clock = new FakeClock({ auto: true })
  const library = createLibrary(flows.map((flow, index) => readFlow(flow, `flow${index}.flow.yaml`)))
  const { receiver, deliver } = memoryReceiver()
  const client = emulatorClient(createEmulator({ flows: library, clock, deliver }), clock)
  const context = testContext(() => null, {
    clock,
    send: client.with({ signal: new AbortController().signal, observe: () => undefined }),
    openInbox: (take) => receiver.open({ take, onRefused: () => undefined }),
  })
  const findings = new Map<string, readonly Finding[]>()
  for (const { name, steps } of suiteOf(text).scenarios) {
    const outputs = new Map<string, JsonObject>()
    const found: Finding[] = []
    for (const step of steps) {
      const result = await stepKinds.get(step.kind)?.(bindStep(step, outputs), context)
      if (step.id !== undefined && result) outputs.set(step.id, result.outputs)
      found.push(...(result?.findings ?? []))
    }
    findings.set(name, found)
  }
  return findings
}
