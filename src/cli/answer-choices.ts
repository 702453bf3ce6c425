// What the answer disc says of a planned machine, out of lyncimg.yaml, catalogue and plan. Rendering is loaded here
// alone: most commands have no use for it.
import type { Plan } from '../plan/index.js';
import type { Platform } from '../platforms/index.js';
import type { AnswerChoices } from '../render/index.js';
import type { OsModel } from '../requirements/index.js';
import type { PlannedMachine } from './plan-machine.js';

interface About {
  platform: Platform;
  os: Pick<OsModel, 'id' | 'title'>;
  machine: PlannedMachine;
}

/** Where nobody says it: a server that is told nothing else keeps UTC, and its logs with it. */
const defaultTimeZone = 'UTC';

/** Null where the guest gets no answer disc. */
export async function answerChoices(
  planned: About & { plans: readonly Plan[] },
): Promise<AnswerChoices | null> {
  const choices = choicesOf(planned);
  const [plan] = planned.plans;
  if (choices === null || plan === undefined) return choices;
  const { bootPackages } = await import('../render/index.js');
  return { ...choices, packages: bootPackages(plan) };
}

/**
 * What Setup and first boot are told, without secrets, addresses and packages: part of what a first layer is made of.
 * Path on the disc -> text; empty where the guest gets no answer disc.
 */
export async function toldToSetup(planned: About): Promise<ReadonlyMap<string, string>> {
  const choices = choicesOf(planned);
  if (choices === null) return new Map();
  const { renderAnswerDisc } = await import('../render/index.js');
  return renderAnswerDisc({
    layer: 'first',
    choices: { ...choices, network: null },
    thumbprint: null,
    secrets: null,
  });
}

function choicesOf({ platform, os, machine }: About): AnswerChoices | null {
  if (platform.discs !== 'images' && platform.discs !== 'uploaded') return null;
  const { spec, choices, edition } = machine;
  const { language, keyboard, key } = choices.windows;
  return {
    os: { id: os.id, title: os.title },
    edition,
    firmware: spec.firmware,
    language,
    locale: choices.locale ?? language,
    keyboard,
    timeZone: choices.timeZone ?? defaultTimeZone,
    key,
    drivers: spec.drivers ? (platform.driverFolders?.(spec.os) ?? []) : [],
    network: spec.network.static,
    guestTools: spec.guestTools ? platform.guestTools : null,
    packages: [],
  };
}
