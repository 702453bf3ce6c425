// On, off, restart. Announced acts happen after their delay, outliving the connection that asked; a restart is the
// only thing that completes what servicing left pending.
import type { EventEmitter } from 'node:events';
import { takeDnsSuffix } from './dns-suffix.js';
import { completeDotNet } from './dot-net.js';
import { completeFeatures } from './features.js';
import type { Guest } from './guest.js';
import { completeHotfixes } from './hotfixes.js';
import type { GuestErrorCode, MachineEvents } from './machine.js';
import { restoreKey } from './registry.js';
import { winlogonChecked } from './registry-model.js';
import { startServices } from './services.js';

/** Given, so that tests need not wait. */
export interface Timers {
  set(act: () => void, ms: number): unknown;
  clear(handle: unknown): void;
}

export const realTimers: Timers = {
  set: (act, ms) => setTimeout(act, ms),
  clear: (handle) => {
    clearTimeout(handle as NodeJS.Timeout);
  },
};

export interface PowerOptions {
  guest: Guest;
  events: EventEmitter<MachineEvents>;
  timers: Timers;
  /** How long the machine is away in a restart. */
  restartMs: number;
  /** Between the start of the un-key task and its effect. */
  unkeyMs: number;
}

type Answer = { ok: true } | { ok: false; error: GuestErrorCode };

export class Power {
  readonly #options: PowerOptions;
  #announced: { kind: 'restart' | 'shutdown'; timer: unknown } | null = null;
  /** A restart under way, or un-keying: nothing announced can stop it. */
  #running: unknown = null;

  constructor(options: PowerOptions) {
    this.#options = options;
  }

  /** Cold start, or the second half of a restart. */
  boot(): void {
    const { guest } = this.#options;
    const { power } = guest.state;
    completeFeatures(guest);
    completeDotNet(guest);
    completeHotfixes(guest);
    takeDnsSuffix(guest);
    guest.state.pendingReboot = [];
    startServices(guest);
    // LogonUI makes this key at each boot; Ansible's win_reboot deletes it before and waits for it after.
    restoreKey(guest, winlogonChecked);
    power.on = true;
    power.bootedAt = guest.now().toISOString();
    power.boots += 1;
    guest.journal('boot: the machine is up');
  }

  restart(delaySeconds: number): Answer {
    return this.#announce('restart', delaySeconds, () => {
      this.#goDown();
    });
  }

  shutdown(delaySeconds: number): Answer {
    return this.#announce('shutdown', delaySeconds, () => {
      this.off('guest');
    });
  }

  /** shutdown /a: 1116 when nothing is announced. */
  abort(): Answer {
    if (this.#announced === null)
      return refused(1116, 'Unable to abort the system shutdown because no shutdown was in progress.(1116)');
    this.#options.timers.clear(this.#announced.timer);
    this.#announced = null;
    return { ok: true };
  }

  /** The un-key task: returns at once, as a task does that was only started. */
  unkeyAndOff(): void {
    const { guest, events, timers, unkeyMs } = this.#options;
    if (this.#running !== null) return;
    this.#running = timers.set(() => {
      guest.state.access = 'unkeyed';
      guest.journal('un-key: listener and certificate removed, password scrambled');
      events.emit('unkeyed');
      this.off('guest');
    }, unkeyMs);
  }

  off(by: 'guest' | 'host'): void {
    const { guest, events, timers } = this.#options;
    const { power } = guest.state;
    if (!power.on) return;
    if (this.#announced !== null) timers.clear(this.#announced.timer);
    if (this.#running !== null) timers.clear(this.#running);
    this.#announced = null;
    this.#running = null;
    power.on = false;
    power.offBy = by;
    guest.journal(
      by === 'guest' ? 'power: the machine switched itself off' : 'power: switched off by the host',
    );
    events.emit('off', { by });
  }

  #announce(kind: 'restart' | 'shutdown', delaySeconds: number, act: () => void): Answer {
    if (this.#announced !== null) return refused(1190, 'A system shutdown has already been scheduled.(1190)');
    const timer = this.#options.timers.set(() => {
      this.#announced = null;
      act();
    }, delaySeconds * 1000);
    this.#announced = { kind, timer };
    return { ok: true };
  }

  #goDown(): void {
    const { guest, events, timers, restartMs } = this.#options;
    if (this.#running !== null) return;
    guest.journal('power: restart');
    events.emit('restart-started');
    this.#running = timers.set(() => {
      this.#running = null;
      this.boot();
      events.emit('booted');
    }, restartMs);
  }
}

/** Texts as shutdown.exe prints them; Ansible's win_reboot looks for (1190). */
function refused(code: number, message: string): Answer {
  return { ok: false, error: { code, message } };
}
