import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'

/** Answers each request on a connection as it likes, byte by byte. `count`: how many requests came before on all connections. */
export type Behaviour = (socket: Socket, request: string, count: number) => void

export interface RawServer {
  readonly url: string
  readonly requests: string[]
  readonly connections: () => number
  readonly close: () => Promise<void>
}

/** A server on loopback that speaks whatever the test wants. It calls `behave` at the end of each request's headers. */
export async function rawServer(behave: Behaviour): Promise<RawServer> {
  const sockets = new Set<Socket>()
  const requests: string[] = []
  let connections = 0
  const server = createServer((socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', (data) => {
      requests.push(data.toString('latin1'))
      behave(socket, data.toString('latin1'), requests.length - 1)
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, requests, connections: () => connections, close: () => closeAll(server, sockets) }
}

async function closeAll(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
}

/** A whole answer with a `content-length`. */
export function answer(body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}, status = '200 OK'): Buffer {
  const lines = Object.entries({ 'Content-Length': String(Buffer.byteLength(body)), ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`), Buffer.from(body)])
}
