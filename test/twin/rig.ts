// A machine under a test's control: clock and timers are moved by hand, the media disc is a temporary folder.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadFeatures } from '../../src/twin/feature-catalogue.js';
import { freshState } from '../../src/twin/fresh-state.js';
import { ModelledMachine } from '../../src/twin/machine-model.js';
import { mediaFolder } from '../../src/twin/media.js';
import { osModel } from '../../src/twin/os.js';
import type { FeatureAnswer, FeatureRequest, HotfixOutcome } from '../../src/twin/outcomes.js';
import type { MachineState } from '../../src/twin/state.js';

export const packageRoot = join(fileURLToPath(import.meta.url), '..', '..', '..');

export class ManualTime {
  now = new Date('2026-03-01T08:00:00.000Z');
  readonly #waiting = new Map<number, { act: () => void; at: number }>();
  #next = 1;

  readonly timers = {
    set: (act: () => void, ms: number): number => {
      const id = this.#next++;
      this.#waiting.set(id, { act, at: this.now.getTime() + ms });
      return id;
    },
    clear: (id: unknown): void => {
      this.#waiting.delete(id as number);
    },
  };

  /** Lets time go by; what is due happens in order. */
  pass(ms: number): void {
    const end = this.now.getTime() + ms;
    for (;;) {
      const due = [...this.#waiting].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#waiting.delete(due[0]);
      this.now = new Date(due[1].at);
      due[1].act();
    }
    this.now = new Date(end);
  }

  get waiting(): number {
    return this.#waiting.size;
  }
}

export interface Rig {
  machine: ModelledMachine;
  time: ManualTime;
  media: string;
  /** Puts a placeholder on the media disc. */
  placeholder(path: string): Promise<void>;
  put(path: string, content: string | Uint8Array): Promise<void>;
  /** Restarts and waits until the machine is up again. */
  restart(): void;
  install(names: string[], more?: Partial<FeatureRequest>): Promise<FeatureAnswer>;
  uninstall(names: string[]): Promise<FeatureAnswer>;
  hotfix(kb: string, more?: { whatIf?: boolean }): Promise<HotfixOutcome>;
  state(feature: string): string;
  close(): Promise<void>;
}

/** How Microsoft's packages begin. */
const packagePrefixes: Readonly<Record<string, string>> = {
  '2008r2': 'Windows6.1',
  '2012': 'Windows8-RT',
  '2012r2': 'Windows8.1',
};

export async function makeRig(
  change: (state: MachineState) => void = () => undefined,
  { os: id = '2012r2', beforeFirstBoot = false } = {},
): Promise<Rig> {
  const os = osModel(id)!;
  const time = new ManualTime();
  const media = await mkdtemp(join(tmpdir(), 'lyncimg-twin-test-'));
  const state = freshState({ os: os.id, now: time.now, beforeFirstBoot });
  change(state);
  const machine = new ModelledMachine({
    state,
    os,
    catalogue: await loadFeatures(packageRoot, os.id),
    media: mediaFolder(media),
    now: () => time.now,
    timers: time.timers,
  });
  machine.switchOn();
  const put = async (path: string, content: string | Uint8Array): Promise<void> => {
    const file = join(media, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  };
  const request = (names: string[], more: Partial<FeatureRequest> = {}): FeatureRequest => ({
    names,
    includeSubFeatures: false,
    includeManagementTools: false,
    source: null,
    whatIf: false,
    ...more,
  });
  return {
    machine,
    time,
    media,
    put,
    placeholder: (path) => put(path, `${JSON.stringify({ lyncimg: 'placeholder', path, title: 'test' })}\n`),
    restart: () => {
      machine.restart({ delaySeconds: 2 });
      time.pass(10_000);
    },
    install: async (names, more) => {
      const outcome = await machine.installFeatures(request(names, more));
      if (!outcome.ok) throw new Error(outcome.error.message);
      return outcome.answer;
    },
    uninstall: async (names) => {
      const outcome = await machine.uninstallFeatures(request(names));
      if (!outcome.ok) throw new Error(outcome.error.message);
      return outcome.answer;
    },
    hotfix: (kb, { whatIf = false } = {}) =>
      machine.installHotfix({
        sourcePath: `E:\\${packageFile(kb, id)}`,
        kb,
        identifier: null,
        whatIf,
      }),
    state: (feature) => machine.feature(feature)?.state ?? 'unknown',
    close: () => rm(media, { recursive: true, force: true }),
  };
}

/** Where the tests put the package of a hotfix, e.g. `hotfixes/Windows8.1-KB2919442-x64.msu`. */
export function packageFile(kb: string, os = '2012r2'): string {
  return `hotfixes/${packagePrefixes[os] ?? ''}-${kb}-x64.msu`;
}

/** Names of what an answer lists, in its order. */
export function resultNames(answer: FeatureAnswer): string[] {
  return answer.featureResult.map(({ name }) => name);
}
