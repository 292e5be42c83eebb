import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Fault, FaultError } from '../../model/fault.ts'

/** Makes a server listen. Resolves with the port; rejects with a `FaultError` that says why it cannot and what to do. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => reject(new FaultError([toFault(error, host, port)]))
    server.once('error', fail)
    server.listen(port, host, () => {
      server.off('error', fail)
      resolve(portOf(server.address()))
    })
  })
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('the server does not listen at a port')
  return address.port
}

function toFault(error: NodeJS.ErrnoException, host: string, port: number): Fault {
  if (error.code === 'EADDRINUSE') {
    return {
      code: 'PORT_TAKEN',
      message: `port ${port} of ${host} is taken by another program`,
      advice: 'choose another port, or 0 for any that is free',
    }
  }
  if (error.code === 'EACCES') {
    return { code: 'PORT_FORBIDDEN', message: `port ${port} of ${host} may not be used by this user`, advice: 'choose a port from 1024 on' }
  }
  return {
    code: 'CANNOT_LISTEN',
    message: `cannot listen at ${host}, port ${port}: ${error.message}`,
    advice: 'choose an address of this machine, e.g. 127.0.0.1',
  }
}
