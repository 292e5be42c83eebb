import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** What the server saw since it was last asked. Times in milliseconds on its own clock. */
export interface ServerStats {
  readonly calls: number
  /** How long those calls were answered, together. */
  readonly answerMs: number
  readonly polls: number
  readonly jobs: number
  readonly firstAtMs?: number
  readonly lastAtMs?: number
}

/** The API with fixed answers, in a process of its own. */
export interface BenchServer {
  readonly baseUrl: string
  readonly stats: () => Promise<ServerStats>
  readonly stop: () => void
}

/** Starts it. Debug answers come after `answerMs`, compilations end after `jobMs`; both 0 by default. */
export async function startServer({ answerMs = 0, jobMs = 0 } = {}): Promise<BenchServer> {
  const child = fork(join(import.meta.dirname, 'server.mjs'), {
    env: { ...process.env, ANSWER_MS: String(answerMs), JOB_MS: String(jobMs) },
    execArgv: [],
  })
  const { port } = await nextMessage<{ port: number }>(child)
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    stats: async () => {
      child.send('stats')
      return (await nextMessage<{ stats: ServerStats }>(child)).stats
    },
    stop: () => child.disconnect(),
  }
}

async function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  const [message] = await once(child, 'message')
  return message
}
