import type { Finding } from '../model/finding.ts'

/** A finding about a loop, with the nodes that go round in it: no other finding has to speak of them. */
export interface LoopFinding {
  readonly finding: Finding
  readonly nodes: ReadonlySet<string>
}
