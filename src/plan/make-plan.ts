// Layers and their digests. A digest is over everything that can change what the layer is, and over nothing else:
// not where a line stands, not a title, not what only a deployed machine will have.
import type { OptionValues } from '../catalog/index.js';
import type { MediaItem } from '../media/index.js';
import {
  kindOf,
  type AnsibleTask,
  type OsModel,
  type Requirement,
  type TaskContext,
  type TaskValue,
} from '../requirements/index.js';
import { digestOf } from '../util/index.js';
import { batches } from './batches.js';
import type { KindLookup } from './kinds.js';
import { mediaOf } from './media-of.js';
import type { SelectedRole } from './select.js';
import type { Layer, LayerInputs, Plan, PlanEnvironment } from './types.js';

/** Raised when the meaning of an input changes, so that every stored layer misses once. */
const digestFormat = '1';
const none = 'none';

export interface MakePlanOptions {
  chain: SelectedRole[];
  os: OsModel;
  /** The leaf's name. */
  role: string;
  options: OptionValues;
  netfx3Source?: string | null;
  environment: PlanEnvironment;
  kinds?: KindLookup;
}

/** Pure: the same input gives the same plan, byte for byte. `environment.media` holds every file of `mediaOf`. */
export function makePlan(given: MakePlanOptions): Plan {
  const { chain, os, role, options, netfx3Source = null, environment, kinds = kindOf } = given;
  const layers: Layer[] = [];
  for (const { role: link, requirements } of chain) {
    const parent = layers.at(-1)?.digest ?? null;
    const media = mediaOf(requirements, netfx3Source, kinds).map(({ path }) =>
      itemOf(path, environment.media),
    );
    const inputs = inputsOf({ requirements, media, parent, os, netfx3Source, environment, kinds });
    layers.push({ name: link.name, digest: digestOf(inputs), parent, inputs, requirements, media });
  }
  return {
    apiVersion: 'lyncimg/v1',
    kind: 'Plan',
    os: { id: os.id, title: os.title, version: os.version },
    role,
    platform: environment.platform,
    options,
    netfx3Source,
    layers,
    seal: { digest: sealDigest({ role, layers, environment, kinds }) },
  };
}

function inputsOf(of: {
  requirements: Requirement[];
  media: MediaItem[];
  parent: string | null;
  os: OsModel;
  netfx3Source: string | null;
  environment: PlanEnvironment;
  kinds: KindLookup;
}): LayerInputs {
  const { requirements, media, parent, os, netfx3Source, environment, kinds } = of;
  const context = { os, media: 'media', sxs: netfx3Source ?? 'sxs' };
  const installed = requirements.filter(({ stage }) => stage === 'image');
  return {
    format: digestFormat,
    os: `${os.id} ${os.version}`,
    platform: environment.platform,
    parent: parent ?? none,
    requirements: digestOf({
      needs: installed.map((one) => needOf(one, kinds)),
      steps: stepsOf(installed, context, kinds),
    }),
    media: digestOf(media.map(({ path, origin, sha256 }) => ({ path, origin, sha256 }))),
    packer: environment.tools.packer,
    ansible: environment.tools.ansible,
    content: environment.content,
    twinModel: environment.twinModel ?? none,
    machine: environment.machine ?? none,
  };
}

/** Sources are rendered beside the tasks, and a layer is evidence of them; title, role and place are only wording. */
function needOf({ id, kind, spec, stage, source }: Requirement, kinds: KindLookup): unknown {
  return { id, kind, spec: kinds(kind)?.content?.(spec) ?? spec, stage, source };
}

/** What the kinds make of them, so that a kind that installs otherwise than before makes another layer. */
function stepsOf(requirements: Requirement[], context: TaskContext, kinds: KindLookup): unknown {
  return batches(requirements).flatMap(({ kind, requirements: batch }) =>
    (kinds(kind)?.tasks(batch, context) ?? []).map(stepOf),
  );
}

function stepOf({ module, args, register, when, keywords }: AnsibleTask): unknown {
  return { module, args: withoutComments(args), register, when, keywords: withoutComments(keywords ?? {}) };
}

function withoutComments(value: TaskValue): unknown {
  if (Array.isArray(value)) return value.map(withoutComments);
  if (value === null || typeof value !== 'object') return value;
  if ('comment' in value && 'value' in value) return value['value'];
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutComments(item)]));
}

function itemOf(path: string, media: readonly MediaItem[]): MediaItem {
  const item = media.find((candidate) => candidate.path === path);
  if (item === undefined) throw new Error(`nothing is known of the media file ${path}`);
  return item;
}

/** The image's manifest lists what only a deployed machine can have: another list is another image, of the same layers. */
function sealDigest(of: {
  role: string;
  layers: readonly Layer[];
  environment: PlanEnvironment;
  kinds: KindLookup;
}): string {
  const { role, layers, environment, kinds } = of;
  const afterDeployment = layers.flatMap(({ requirements }) =>
    requirements.filter(({ stage }) => stage === 'machine').map((one) => needOf(one, kinds)),
  );
  return digestOf({
    format: digestFormat,
    // Two roles may need the same: their layers are shared, their images are not, since an image says what it is.
    role,
    leaf: layers.at(-1)?.digest,
    content: environment.content,
    afterDeployment,
  });
}
