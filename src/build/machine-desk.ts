// What a layer needs before Packer may make its machine: key, discs, and what the template takes from the environment.
import { join } from 'node:path';
import { fileFailure } from '../errors/index.js';
import { ensureMediaDisc, makeAnswerDisc, prepareMedia } from '../media/index.js';
import { listenerPort, runValues, type RunValueName } from '../platforms/index.js';
import { renderAnswerDisc } from '../render/index.js';
import type { RunningTool } from '../tools/index.js';
import { record, type Baking } from './baking.js';
import { selfEnvironment, type GuestPlace } from './child-environment.js';
import { makePassword, type Credentials } from './credentials.js';
import { freePort } from './free-port.js';
import { guestAddresses } from './guest-network.js';
import type { MachineSetup } from './machine-setup.js';
import { parentOf } from './machine-disk.js';
import { makePfx } from './pfx.js';
import { makeLayerFolders } from './run-folders.js';
import { writeSecretFiles } from './secret-files.js';
import { writeTrustBundle } from './trust-bundle.js';

export interface MachineDesk {
  /** Of the machine that is made; carries the run. */
  name: string;
  guest: GuestPlace;
  credentials: Credentials;
  values: Record<string, string>;
  secrets: string[];
}

/** Everything but Packer itself. Throws E_DISC_*, E_MEDIA_*, E_NETWORK_RANGE, or what files can say. */
export async function openMachineDesk(baking: Baking): Promise<MachineDesk> {
  const { context, layer, places, parent } = baking;
  const setup = setupOf(baking);
  const guest = await guestPlace(baking, setup);
  const credentials = await context.makeCredentials({
    hosts: hostsOf(guest, setup),
    run: context.run.id,
    now: context.now(),
  });
  const certificatePassword = makePassword();
  const name = `lyncimg-${context.plan.os.id}-${layer.name}-${context.run.id}`.slice(0, 80);
  const values: Partial<Record<RunValueName, string>> = {
    name,
    output: places.output,
    ...(parent !== null && { parent: await parentOf(parent, context.platform) }),
    ...(parent === null && setup.windowsIso !== null && { windows_iso: setup.windowsIso }),
    ...(setup.windowsSha256 !== null && { windows_checksum: `sha256:${setup.windowsSha256}` }),
    ...(setup.driversIso !== null && { drivers_disc: setup.driversIso }),
    ...(setup.toolsIso !== null && { tools_disc: setup.toolsIso }),
  };
  try {
    await makeLayerFolders(places);
    await writeSecretFiles(places.answer, new Map([['ca.crt', credentials.caCertificate]]));
    await writeTrustBundle({
      file: places.trustBundle,
      caCertificate: credentials.caCertificate,
      ownBundle: context.environment['SSL_CERT_FILE'],
    });
    const files = answerFiles(baking, setup, { credentials, certificatePassword });
    Object.assign(values, await makeDiscs(baking, files));
  } catch (error) {
    throw fileFailure(error, places.folder);
  }
  return {
    name,
    guest,
    credentials,
    values: { ...byVariable(values), ...setup.secrets },
    secrets: [
      certificatePassword,
      ...Object.values(setup.secrets),
      ...(setup.productKey === null ? [] : [setup.productKey]),
    ],
  };
}

function setupOf({ context }: Baking): MachineSetup {
  if (context.setup === null) throw new Error(`${context.platform.name} makes machines and got no setup`);
  return context.setup;
}

async function guestPlace({ context }: Baking, { machine }: MachineSetup): Promise<GuestPlace> {
  const user = 'Administrator';
  if (context.platform.address === 'forwarded') return { address: '127.0.0.1', port: await freePort(), user };
  return { address: machine.network.static?.address ?? null, port: listenerPort, user };
}

/** Every address under which the guest may be reached: a name check that is switched off checks nothing. */
function hostsOf(
  { address }: GuestPlace,
  { machine }: MachineSetup,
): { addresses: string[]; names: string[] } {
  if (address !== null) return { addresses: [address], names: address === '127.0.0.1' ? ['localhost'] : [] };
  const { range } = machine.network;
  return { addresses: range === null ? [] : guestAddresses(range), names: [] };
}

interface Keys {
  credentials: Credentials;
  certificatePassword: string;
}

function answerFiles(
  { layer }: Baking,
  { answer, productKey }: MachineSetup,
  { credentials, certificatePassword }: Keys,
): Map<string, string | Uint8Array> {
  const { serverCertificate, serverKey, password, thumbprint } = credentials;
  const texts = renderAnswerDisc({
    layer: layer.parent === null ? 'first' : 'next',
    choices: answer,
    thumbprint,
    secrets: { password, certificatePassword, productKey },
  });
  const pfx = makePfx({
    certificate: serverCertificate,
    key: serverKey,
    password: certificatePassword,
  });
  return new Map<string, string | Uint8Array>([...texts, ['lyncimg/server.pfx', pfx]]);
}

/** Ready discs, or the files of which Packer makes them, as the platform takes them. */
async function makeDiscs(
  { context, layer, places }: Baking,
  answer: Map<string, string | Uint8Array>,
): Promise<Partial<Record<RunValueName, string>>> {
  const { environment, run, temporary, mediaFiles: sources, signal, store, platform } = context;
  const { media: items } = layer;
  if (platform.discs === 'uploaded') {
    await writeSecretFiles(places.answerFiles, answer);
    await prepareMedia({ items, sources, folder: places.media, signal });
    return { answer_folder: places.answerFiles, media_folder: places.media };
  }
  const env = selfEnvironment({ from: environment, marker: run.marker, temporary });
  const onStarted = (tool: RunningTool): Promise<void> => record(context, 'disc', tool);
  const common = { env, signal, onStarted };
  await makeAnswerDisc({ files: answer, file: places.answerDisc, ...common });
  const folder = join(store.folder, 'discs');
  return {
    answer_disc: places.answerDisc,
    media_disc: await ensureMediaDisc({ items, sources, folder, ...common }),
  };
}

function byVariable(values: Partial<Record<RunValueName, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [runValues[name as RunValueName].env, value]),
  );
}
