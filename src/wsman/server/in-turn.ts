// The requests of one connection, one after the other. Node hands over pipelined ones as fast as it reads them; but a
// handshake and the count of sealed messages belong to the connection, so each request is opened, worked on and
// answered before the next one is looked at.
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** No client of WS-Management pipelines at all. */
const maximumWaiting = 16;

export class Turns {
  readonly #socket: Socket;
  /** How long a client may take for reading an answer. */
  readonly #drainMs: number;
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;
  #goOn: (() => void) | null = null;

  constructor(socket: Socket, drainMs: number) {
    this.#socket = socket;
    this.#drainMs = drainMs;
    socket.once('close', () => this.#goOn?.());
  }

  /** `answer` does not reject. It is not called when the connection has ended before its turn. */
  take(response: ServerResponse, answer: () => Promise<void>): void {
    this.#waiting += 1;
    if (this.#waiting > maximumWaiting) {
      this.#socket.destroy();
      return;
    }
    this.#last = this.#last.then(async () => {
      if (this.#socket.writable) {
        await answer();
        await this.#gone(response);
      }
      this.#waiting -= 1;
    });
  }

  /** Until the answer is out, or nobody is there for it. */
  async #gone(response: ServerResponse): Promise<void> {
    const timer = setTimeout(() => this.#socket.destroy(), this.#drainMs);
    await new Promise<void>((resolve) => {
      this.#goOn = resolve;
      response.once('close', resolve);
      if (response.closed || this.#socket.destroyed) resolve();
    });
    this.#goOn = null;
    clearTimeout(timer);
  }
}
