// Images and layers for a person. Whatever a twin made says REHEARSAL wherever it is named.
import type { ImageManifest, LayerManifest, Stored } from '../images/index.js';
import { columns } from './columns.js';
import { plainLine } from './plain-characters.js';
import { verdictOrder } from './verdict-wording.js';

/** One line an image, under a head line; ends with a newline. */
export function imageListText(images: readonly ImageManifest[]): string {
  const rows = images.map((image) => [
    kindWord(image),
    image.reference,
    image.platform,
    minute(image.builtAt),
    verdictWords(image.verdicts),
    placeholderWords(image.placeholders),
  ]);
  return table([['KIND', 'REFERENCE', 'PLATFORM', 'BUILT (UTC)', 'VERDICTS', 'PLACEHOLDERS'], ...rows]);
}

/** One line a layer, under a head line; ends with a newline. */
export function layerListText(layers: readonly LayerManifest[]): string {
  const rows = layers.map((layer) => [
    layer.rehearsal ? 'REHEARSAL' : 'layer',
    layer.name,
    layer.os,
    layer.digest.slice(0, 12),
    layer.parent === null ? '-' : layer.parent.slice(0, 12),
    layer.platform,
    minute(layer.builtAt),
    verdictWords(layer.verdicts),
  ]);
  return table([['KIND', 'LAYER', 'OS', 'DIGEST', 'PARENT', 'PLATFORM', 'BUILT (UTC)', 'VERDICTS'], ...rows]);
}

/** Everything that the manifest tells; ends with a newline. */
export function imageText({ manifest: image, files }: Stored<ImageManifest>): string {
  const { tools } = image;
  const parts: [string, string[]][] = [
    ['role', [plainLine(image.role)]],
    ['os', [plainLine(image.os)]],
    ['platform', [plainLine(image.platform)]],
    ['built', [image.builtAt]],
    ['digest', [image.digest]],
    ['tools', [plainLine(`lyncimg ${tools.lyncimg}, Packer ${tools.packer}, ansible-core ${tools.ansible}`)]],
    ['layers', cells(image.layers.map(({ name, digest }) => [name, digest]))],
    ['verdicts', [verdictWords(image.verdicts)]],
    ['after deployment', image.afterDeployment.map(({ id, title }) => plainLine(`${title} (${id})`))],
    ['placeholders', image.placeholders.map(plainLine)],
    ['files', cells(Object.entries(files))],
  ];
  const body = parts.flatMap(([label, lines]) =>
    (lines.length === 0 ? ['none'] : lines).map((line, index) => [index === 0 ? label : '', line]),
  );
  const head = image.rehearsal
    ? [
        plainLine(image.reference),
        'REHEARSAL: a twin was baked, a model and not Windows. It cannot be deployed to a real machine.',
      ]
    : [plainLine(image.reference)];
  return `${[...head, '', ...columns(body)].join('\n')}\n`;
}

/** `41 pass, 2 warn, 3 after deployment`: what was counted, what needs a person first. */
function verdictWords(verdicts: Record<string, number>): string {
  const order: readonly string[] = verdictOrder;
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  const counted = Object.entries(verdicts)
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => rank(a) - rank(b));
  return (
    plainLine(counted.map(([name, count]) => `${count} ${name.replaceAll('-', ' ')}`).join(', ')) || 'none'
  );
}

function placeholderWords({ length }: readonly string[]): string {
  return length === 0 ? 'none' : `${length} placeholder${length === 1 ? '' : 's'}`;
}

function kindWord({ rehearsal }: ImageManifest): string {
  return rehearsal ? 'REHEARSAL' : 'image';
}

function minute(instant: string): string {
  return new Date(instant).toISOString().slice(0, 16).replace('T', ' ');
}

function table(rows: string[][]): string {
  return `${cells(rows).join('\n')}\n`;
}

/** Columns of texts that came from a file. */
function cells(rows: string[][]): string[] {
  return columns(rows.map((row) => row.map(plainLine)));
}
