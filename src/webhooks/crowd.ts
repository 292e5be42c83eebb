import type { Socket } from 'node:net'

/** The connections of a server: never more than it can hold. Where there would be, the one goes that has been there longest. */
export class Crowd {
  readonly #most: number
  /** In order of arrival. */
  readonly #sockets = new Set<Socket>()

  constructor(most: number) {
    this.#most = most
  }

  add(socket: Socket): void {
    const [oldest] = this.#sockets
    if (oldest && this.#sockets.size >= this.#most) this.#drop(oldest)
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
  }

  /** It has just been of use: others go first. */
  refresh(socket: Socket): void {
    if (this.#sockets.delete(socket)) this.#sockets.add(socket)
  }

  #drop(socket: Socket): void {
    this.#sockets.delete(socket)
    socket.destroy()
  }
}
