import { Args, Flags } from '@oclif/core';
import { loadSystems } from '../../catalog/index.js';
import { BaseCommand } from '../../cli/index.js';
import { fail, orThrow } from '../../errors/index.js';
import { checkMedia, keyPolicies, readWindowsMedia, type MediaCheck } from '../../media/index.js';
import { windowsMediaText } from '../../report/index.js';
import { osIds } from '../../requirements/index.js';

export default class MediaCheckCommand extends BaseCommand {
  static override summary = 'Read a Windows ISO and say which Windows can be installed from it.';
  static override description = [
    'The ISO is read in place: nothing is mounted, nobody need be root, and its size does not matter. Shown are label,',
    'images with edition, build, architecture and languages, whether it is evaluation media, and what speaks against',
    'installing an edition that Lync Server 2013 is supported on.',
    'Exit: 0 it fits (without --os: any supported Windows Server), 1 it was read and does not fit, 2 it cannot be read.',
  ].join('\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %> en_windows_server_2012_r2_with_update_x64_dvd_6052708.iso',
    '<%= config.bin %> <%= command.id %> --os 2012r2 --edition standard --key kms windows.iso',
  ];
  static override args = {
    iso: Args.string({ required: true, description: 'The ISO, as Microsoft publishes it.' }),
  };
  static override flags = {
    os: Flags.string({
      description: 'The Windows that is wanted; by default any that Lync is supported on.',
      helpValue: osIds.join('|'),
    }),
    edition: Flags.string({
      description: 'Its edition; by default any that Lync is supported on.',
      helpValue: 'NAME',
      dependsOn: ['os'],
    }),
    key: Flags.option({
      options: keyPolicies,
      description: "The product key of the answer file: the public one of KMS clients, one's own, or none.",
    })(),
  };

  async run(): Promise<MediaCheck> {
    const { args, flags } = await this.parse(MediaCheckCommand);
    const { packageRoot } = this;
    const systems = orThrow(await loadSystems({ packageRoot }));
    const os = flags.os === undefined ? null : systemOf(systems, flags.os);
    const media = await readWindowsMedia(args.iso, { signal: this.interrupted.signal });
    const { edition = null, key = null } = flags;
    const check = checkMedia(args.iso, media, { systems, os, edition, key });
    this.log(windowsMediaText(check).trimEnd());
    if (!check.fits) process.exitCode = 1;
    return check;
  }
}

/** Id in any case. Throws E_OS_UNAVAILABLE with those that there are. */
function systemOf<System extends { id: string }>(systems: readonly System[], id: string): System {
  const system = systems.find((one) => one.id === id.toLowerCase());
  if (system !== undefined) return system;
  throw fail('E_OS_UNAVAILABLE', { os: id, known: systems.map((one) => one.id) });
}
