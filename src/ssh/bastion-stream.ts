// One channel of a bastion as a stream that TLS and HTTP take for a socket.
import { Duplex } from 'node:stream';
import type { ClientChannel } from 'ssh2';

/** Four windows of ssh2: an honest bastion sends one at most before it is told to go on. */
const bufferLimit = 8 * 1024 * 1024;

/**
 * ssh2's own channel is not enough of a stream to be handed on: destroyed with an error it tells nobody, a write
 * after its end is never answered, and the loss of the connection looks like a proper end.
 */
export class BastionStream extends Duplex {
  readonly #channel: ClientChannel;
  /** Of the write that the channel has not taken yet. */
  #writing: ((error?: Error | null) => void) | null = null;
  #closed = false;

  constructor(channel: ClientChannel) {
    super({ allowHalfOpen: false });
    this.#channel = channel;
    refuseOverrun(channel, (error) => this.destroy(error));
    channel.stderr.resume(); // Nothing of a forwarded connection: RFC 4254, section 5.2.
    channel.on('data', (data: Buffer) => {
      if (!this.destroyed && !this.push(data)) channel.pause();
    });
    channel.on('end', () => {
      if (!this.destroyed) this.push(null);
    });
    channel.on('close', () => {
      this.#closed = true;
      this.#answerWrite(brokenOff());
    });
    channel.on('error', (error: Error) => this.destroy(error));
  }

  override _read(): void {
    this.#channel.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#closed) {
      done(brokenOff());
      return;
    }
    this.#writing = done;
    this.#channel.write(chunk, (error) => {
      this.#answerWrite(error);
    });
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#channel.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#channel.destroy();
    // What still comes is read and dropped; the channel's number is free only after its end was read.
    this.#channel.resume();
    done(error);
  }

  #answerWrite(error?: Error | null): void {
    const done = this.#writing;
    this.#writing = null;
    done?.(error);
  }

  // The rest of net.Socket that node:http and node:tls call. The bastion has the socket; here is nothing to set.
  setKeepAlive(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setTimeout(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  /** Lets go out what was written, then ends. */
  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }
}

/** Node's own code for a peer that has gone, so that whoever knows sockets knows this too. */
function brokenOff(): Error {
  return Object.assign(new Error('the connection was broken off'), { code: 'EPIPE' });
}

/** ssh2 takes what a peer sends beyond its window (it checks for a window of exactly 0), and would buffer it all. */
function refuseOverrun(channel: ClientChannel, refuse: (error: Error) => void): void {
  const push = channel.push.bind(channel);
  channel.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk === null || channel.readableLength <= bufferLimit) return push(chunk, encoding);
    refuse(new Error('the bastion sends more than it was allowed to'));
    return false;
  };
}
