// What a build on a hypervisor needs beside the plan, checked before anything starts: settings and secrets of the
// platform, Microsoft's medium and what is on it, the product key, the network. Everything that is wrong is said at once.
import type { MachineSetup } from '../build/index.js';
import { fail, LyncimgError, ProblemsError } from '../errors/index.js';
import { readWindowsMedia, requireFittingImage } from '../media/index.js';
import { requireSettings, type Platform } from '../platforms/index.js';
import { answerChoices } from './answer-choices.js';
import type { Planned } from './planning.js';

/** The user's own product key, under `key: own`. */
export const productKeyVariable = 'LYNCIMG_PRODUCT_KEY';

export interface SetupRequest {
  planned: Pick<Planned, 'platform' | 'os' | 'machine' | 'plans' | 'workspace'>;
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

/** Null where the guest is a child of the build. Throws E_PLATFORM_*, E_WINDOWS_*, E_ISO_*, E_NETWORK_RANGE; exit 2. */
export async function machineSetup({ planned, env, signal }: SetupRequest): Promise<MachineSetup | null> {
  const { platform, machine } = planned;
  requireBaking(platform);
  if (platform.discs === 'folders') return null;
  const { spec, settings, choices } = machine;
  // Loaded here alone: the runner and all that it starts are half of the start-up of a command that never builds.
  const { guestAddresses } = await import('../build/index.js');
  const problems: LyncimgError[] = [];
  const check = async (step: () => unknown): Promise<void> => {
    try {
      await step();
    } catch (error) {
      if (!(error instanceof LyncimgError)) throw error;
      problems.push(error);
    }
  };
  await check(() => {
    requireSettings(platform, settings);
  });
  problems.push(...platform.limits(spec, settings));
  const secrets = takeSecrets(platform, env, problems);
  await check(() => spec.network.range === null || guestAddresses(spec.network.range));
  const productKey = choices.windows.key === 'own' ? (env[productKeyVariable] ?? '') : null;
  if (productKey === '') problems.push(fail('E_PRODUCT_KEY_MISSING', { variable: productKeyVariable }));
  await check(() => requireMedium(planned, signal));
  const [only, ...others] = problems;
  if (only !== undefined) throw others.length === 0 ? only : new ProblemsError(problems);
  const answer = await answerChoices(planned);
  if (answer === null) throw new Error(`${platform.name} bakes and has no answer disc`);
  return {
    machine: spec,
    settings,
    windowsIso: choices.windows.iso,
    windowsSha256: choices.windows.sha256,
    driversIso: choices.machine.driversIso,
    toolsIso: choices.machine.toolsIso,
    answer,
    productKey,
    secrets,
  };
}

/** Throws E_PLATFORM_NO_BAKE. */
function requireBaking({ name, layering, noBake }: Platform): void {
  if (noBake !== undefined) throw fail('E_PLATFORM_NO_BAKE', { platform: name, ...noBake });
  if (layering === 'none') throw new Error(`${name} bakes nothing and does not say why`);
}

function takeSecrets(
  { name, secrets }: Platform,
  env: NodeJS.ProcessEnv,
  problems: LyncimgError[],
): Record<string, string> {
  const missing = secrets.filter((secret) => (env[secret.env] ?? '') === '');
  if (missing.length > 0)
    problems.push(
      fail('E_PLATFORM_SECRET', {
        platform: name,
        missing: missing.map(({ env: variable, what }) => ({ env: variable, what })),
      }),
    );
  return Object.fromEntries(secrets.map((secret) => [secret.env, env[secret.env] ?? '']));
}

/** The medium is read in place, whatever its size; where the hypervisor alone has it there is nothing to read. */
async function requireMedium(
  { platform, os, machine, workspace }: SetupRequest['planned'],
  signal: AbortSignal,
): Promise<void> {
  const { iso, edition, key } = machine.choices.windows;
  if (iso === null) {
    if (platform.discs === 'images') throw fail('E_WINDOWS_ISO_MISSING', { os: os.id, title: os.title });
    return;
  }
  const media = await readWindowsMedia(iso, { signal });
  const netfx3Elsewhere = workspace?.netfx3Source != null;
  requireFittingImage(iso, media, { os, edition, key, netfx3Elsewhere });
}
