// What a layer is made with on a guest that is a child of the build: key, answer folder, media, the parent's state, and
// the guest that boots from them.
import { fileFailure } from '../errors/index.js';
import type { LayerManifest, Stored } from '../images/index.js';
import { prepareMedia } from '../media/index.js';
import { writeAnswerFolder } from './answer.js';
import { record, secretsOf, type Baking } from './baking.js';
import { selfEnvironment } from './child-environment.js';
import type { Credentials } from './credentials.js';
import { startGuest, type Guest } from './guest.js';
import { copyForGuest } from './guest-state.js';
import { makeLayerFolders } from './run-folders.js';
import { writeTrustBundle } from './trust-bundle.js';

/** What is at work; given to whoever decides what happens to the guest after a failure. */
export interface Workshop {
  guest: Guest;
  credentials: Credentials;
}

/** Prepares what the layer needs and starts the guest. Nothing runs any more when it throws. */
export async function openWorkshop({ context, layer, places, parent }: Baking): Promise<Workshop> {
  const { run, signal, mediaFiles, environment, temporary } = context;
  const credentials = await context.makeCredentials({
    hosts: { addresses: ['127.0.0.1'], names: ['localhost'] },
    run: run.id,
    now: context.now(),
  });
  try {
    await makeLayerFolders(places);
    await writeAnswerFolder(places.answer, credentials);
    await writeTrustBundle({
      file: places.trustBundle,
      caCertificate: credentials.caCertificate,
      ownBundle: environment['SSL_CERT_FILE'],
    });
    if (parent !== null) await copyForGuest(stateOf(parent), places.state);
    await prepareMedia({ items: layer.media, sources: mediaFiles, folder: places.media, signal });
  } catch (error) {
    throw fileFailure(error, places.folder);
  }
  context.tell({ type: 'tool-started', layer: layer.name, tool: 'twin', log: places.twinLog });
  const guest = await startGuest({
    layer: layer.name,
    selfCommand: context.selfCommand,
    os: context.plan.os.id,
    stateFile: places.state,
    answerFolder: places.answer,
    mediaFolder: places.media,
    env: selfEnvironment({
      from: environment,
      marker: run.marker,
      temporary,
      set: { LYNCIMG_TWIN_PASSWORD: credentials.password },
    }),
    cwd: places.folder,
    log: places.twinLog,
    secrets: secretsOf(credentials),
    signal,
    onStarted: (tool) => record(context, 'twin', tool),
  });
  return { guest, credentials };
}

function stateOf(parent: Stored<LayerManifest>): string {
  const file = parent.files[stateName];
  if (file === undefined) throw new Error(`${parent.folder} holds no ${stateName}`);
  return file;
}

/** Name of the guest's state in a layer or image of the store. */
export const stateName = 'state.json';
