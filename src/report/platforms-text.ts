// The platforms, and one of them with all that it needs, for a terminal.
import type { PlatformList, PlatformSetting, PlatformSheet } from '../platforms/index.js';
import { columns } from './columns.js';
import { plainLine } from './plain-characters.js';
import { hanging } from './wrapped.js';

const width = 100;

/** A table, then how each was proved; ends with a newline. */
export function platformListText({ platforms }: PlatformList): string {
  const rows = platforms.map(({ name, noBake, builders, summary }) => [
    name,
    noBake === null ? 'yes' : 'no',
    builders.first ?? '-',
    builders.next ?? '-',
    summary,
  ]);
  const proofs = platforms.flatMap(({ name, proof }) => labelled(name, proof));
  return text([
    ...columns([['platform', 'bakes', 'first layer', 'next layers', 'what'], ...rows]),
    '',
    'How each was proved:',
    ...proofs,
  ]);
}

/** Ends with a newline. */
export function platformSheetText(sheet: PlatformSheet): string {
  const { name, summary, rehearsal, noBake, keeps, proof } = sheet;
  return text([
    `${name}: ${summary}`,
    ...(rehearsal ? ['A rehearsal: nothing of it is for production.'] : []),
    ...(noBake === null
      ? []
      : [...labelled('no bake', `Nothing can be baked: ${noBake.reason}.`), ...labelled('', noBake.instead)]),
    ...section('Packer', packerLines(sheet)),
    ...section('Programs', toolLines(sheet)),
    ...section(
      'Secrets, by the environment',
      columns(sheet.secrets.map(({ env, what, set }) => [`  ${env}`, set ? 'set' : 'NOT SET', what])),
    ),
    ...section(`Settings, under platforms: ${name}: of lyncimg.yaml`, settingLines(sheet.settings)),
    ...section('Guest', guestLines(sheet)),
    ...section('Windows', systemLines(sheet)),
    '',
    ...labelled('a layer', keeps.layer, 0),
    ...labelled('an image', keeps.image, 0),
    ...labelled('proof', proof, 0),
  ]);
}

function packerLines({ builders, packer }: PlatformSheet): string[] {
  const { found, layers, plugins } = packer;
  if (builders.first === null) return [];
  // Mostly the layers have one reason.
  const reasons = new Set(layers.flatMap(({ why }) => why ?? []));
  return [
    ...labelled('found', found === null ? 'none' : programText(found)),
    ...layers.flatMap(({ layer, atLeast, possible }) => [
      ...labelled(
        `${layer} layer`,
        `${builders[layer] ?? '-'}, from ${atLeast} on${possible === false ? ': THE PACKER FOUND CANNOT EXPRESS IT' : ''}`,
      ),
    ]),
    ...[...reasons].flatMap((why) => labelled('', why)),
    ...plugins.flatMap(({ source, version }) =>
      labelled('plugin', `${source} ${version}, for Packer from 1.7 on`),
    ),
  ];
}

function toolLines({ tools }: PlatformSheet): string[] {
  return tools.flatMap(({ command, what, install, found }) => [
    ...labelled(command, `${found === null ? 'NOT FOUND' : programText(found)}; ${what}`),
    ...(found === null ? labelled('', install) : []),
  ]);
}

function programText({ path, version }: { path: string; version: string | null }): string {
  return `${path} (${version === null ? 'it says no version' : version})`;
}

function settingLines(settings: readonly PlatformSetting[]): string[] {
  return settings.flatMap(({ key, description, values, default: own, example, required, set }) => {
    const state =
      set !== null
        ? `${String(set)} (lyncimg.yaml)`
        : own !== null
          ? `${String(own)} (default)`
          : required
            ? 'NOT SET, needed'
            : 'not set';
    const facts = [description, ...(values === null ? [] : [`One of ${values.map(String).join(', ')}.`])];
    // On a line of its own, to be copied.
    const shown = set === null && own === null && example !== null ? [`e.g. ${String(example)}`] : [];
    return [key, facts.join(' '), ...shown].flatMap((what, index) =>
      index === 0 ? labelled(what, state) : labelled('', what),
    );
  });
}

const discWords: Record<PlatformSheet['guest']['discs'], string> = {
  folders: 'folders of this machine, handed to the guest, which is a child of the build',
  images: 'ISO files that the build makes and the template attaches',
  uploaded: 'made by Packer of what the build lays out, and uploaded',
  download: 'none: media come over HTTPS',
};

const addressWords: Record<PlatformSheet['guest']['address'], string> = {
  forwarded: 'a port of this machine, chosen before the guest starts',
  'in-box': 'reported by the guest or by DHCP, with what every Windows brings',
  'guest-tools': 'reported by guest tools that no Windows brings, or fixed (network.address)',
  cloud: 'given by the cloud',
  given: "the machine's own",
};

const certificateWords: Record<PlatformSheet['guest']['certificate'], string> = {
  build: 'made by the build and checked',
  packer: 'made by Packer, which keeps it to itself: it cannot be checked',
  owner: "the machine's own",
};

function guestLines({ guest }: PlatformSheet): string[] {
  return [
    ...labelled('discs', discWords[guest.discs]),
    ...labelled('media', `${guest.mediaDrive} for the guest`),
    ...labelled('address', addressWords[guest.address]),
    ...(guest.tools === null ? [] : labelled('guest tools', guest.tools)),
    ...labelled('certificate', certificateWords[guest.certificate]),
  ];
}

/** A limit once, with the systems that it holds for. */
function systemLines({ systems }: PlatformSheet): string[] {
  const limits = new Map<string, { os: string[]; lines: string[] }>();
  for (const { os, problems } of systems)
    for (const { message, suggestions } of problems) {
      const known = limits.get(message) ?? { os: [], lines: [message, ...suggestions] };
      known.os.push(os);
      limits.set(message, known);
    }
  return [
    ...systems.flatMap(({ os, firmware }) => labelled(os, `firmware ${firmware.join(', ')}`)),
    ...[...limits.values()].flatMap(({ os, lines }) => [
      `  LIMIT for ${os.length === systems.length ? 'all' : os.join(', ')}`,
      ...lines.flatMap((line) => labelled('', line)),
    ]),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function labelled(label: string, what: string, indent = 2): string[] {
  return hanging(plainLine(label), plainLine(what), { indent, column: 20, width });
}

function text(lines: readonly string[]): string {
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}
