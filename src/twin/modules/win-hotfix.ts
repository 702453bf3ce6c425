// community.windows.win_hotfix 1.13.0 (win_hotfix.ps1, read): expands the .msu, asks DISM for the package, adds it.
// What a package needs and where it applies is the machine's.
import type { Machine, PackageInfo } from '../machine.js';
import type { ModuleCall } from './call.js';
import { LegacyArguments } from './legacy.js';
import { exitJson, failJson, notModelled, type ModuleReply } from './reply.js';

const unchanged = { changed: false, reboot_required: false };

export async function winHotfix(call: ModuleCall): Promise<ModuleReply> {
  const { machine } = call;
  const given = new LegacyArguments(call, { supportsCheckMode: true });
  const kb = given.str('hotfix_kb');
  const identifier = given.str('hotfix_identifier');
  const state = given.str('state', { default: 'present', choices: ['absent', 'present'] });
  const source = given.path('source');
  if (machine.facts().os.id === '2008r2') {
    failJson(
      'The DISM PS module needs to be installed, this can be done through the windows-adk chocolately package',
      unchanged,
    );
  }
  if (state?.toLowerCase() === 'absent') return absent(machine, kb, identifier);
  if (source === null) return failJson('source must be set when state=present', unchanged);
  const info = await packageOf(machine, source);
  refuseOther(info, kb, identifier);
  const known = { identifiers: [info.identifier], identifier: info.identifier, kbs: [info.kb], kb: info.kb };
  if (info.state === 'Installed') return exitJson({ ...unchanged, ...known });
  if (info.state === 'InstallPending') return exitJson({ ...known, reboot_required: true });
  if (given.checkMode) return exitJson({ ...known, changed: true, reboot_required: false });
  const outcome = await machine.installHotfix({
    sourcePath: source,
    kb: null,
    identifier: null,
    whatIf: false,
  });
  if (!outcome.ok) {
    return failJson(`failed to add windows package from path ${source}: ${outcome.error.message}`, {
      ...unchanged,
      ...known,
    });
  }
  return exitJson({ ...known, changed: true, reboot_required: outcome.restartNeeded });
}

async function packageOf(machine: Machine, source: string): Promise<PackageInfo> {
  const lookup = await machine.packageInfo(source);
  if (!lookup.ok && lookup.reason === 'not-a-file') {
    return failJson(`the path set for source ${source} does not exist or is not a file`, unchanged);
  }
  if (!lookup.ok) {
    return failJson(
      `failed to get DISM package metadata from path ${source}: ${lookup.error.message}`,
      unchanged,
    );
  }
  if (!lookup.package.applicable)
    return failJson('hotfix package is not applicable for this server', unchanged);
  return lookup.package;
}

function refuseOther(info: PackageInfo, kb: string | null, identifier: string | null): void {
  // PowerShell's -ne: without regard to case.
  if (identifier !== null && identifier.toLowerCase() !== info.identifier.toLowerCase()) {
    failJson(
      `the hotfix identifier ${identifier} does not match with the source msu identifier ${info.identifier}, ` +
        'please omit or specify the correct identifier to continue',
      unchanged,
    );
  }
  if (kb !== null && kb.toLowerCase() !== info.kb.toLowerCase()) {
    failJson(
      `the hotfix KB ${kb} does not match with the source msu KB ${info.kb}, ` +
        'please omit or specify the correct KB to continue',
      unchanged,
    );
  }
}

function absent(machine: Machine, kb: string | null, identifier: string | null): ModuleReply {
  const wanted = identifier ?? kb;
  if (wanted === null) {
    return failJson('either hotfix_identifier or hotfix_kb needs to be set when state=absent', unchanged);
  }
  const number = /KB\d+/i.exec(wanted)?.[0].toLowerCase();
  if (!machine.state.hotfixes.some((hotfix) => hotfix.kb.toLowerCase() === number))
    return exitJson(unchanged);
  return failJson(notModelled(`the removal of a hotfix (${wanted})`), unchanged);
}
