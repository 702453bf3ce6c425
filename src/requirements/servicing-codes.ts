// What the exit codes of Windows' installers mean: of the two for updates, and of those for programs.
//
// wusa.exe is not used over WinRM: the Windows Update agent behind it refuses callers of a network logon with 5, access
// denied (seen by many; AutoSPInstaller works around it). DISM asks no agent, so it is what the playbooks use. What
// wusa says is here beside it because it is how updates are installed by hand and at first boot.

/** `installer`: Windows Installer, and the setup programs that keep to its codes. */
type Tool = 'dism' | 'wusa' | 'installer';
type Meaning = 'installed' | 'restart needed' | 'already there' | 'not applicable' | 'denied';

interface ExitCode {
  /** As Windows counts: without a sign. */
  code: number;
  tools: readonly Tool[];
  meaning: Meaning;
  source: string;
}

const systemErrors = "Microsoft's list of system error codes (winerror.h)";
const agentErrors = 'wuerror.h of the Windows SDK, which wusa.exe passes on';

const table: readonly ExitCode[] = [
  { code: 0, tools: ['dism', 'wusa', 'installer'], meaning: 'installed', source: systemErrors },
  // ERROR_SUCCESS_REBOOT_REQUIRED
  { code: 3010, tools: ['dism', 'wusa', 'installer'], meaning: 'restart needed', source: systemErrors },
  // WU_S_ALREADY_INSTALLED
  { code: 0x00240006, tools: ['wusa'], meaning: 'already there', source: agentErrors },
  // WU_E_NOT_APPLICABLE: also where what it requires is missing.
  { code: 0x80240017, tools: ['wusa'], meaning: 'not applicable', source: agentErrors },
  // CBS_E_NOT_APPLICABLE: also where what it requires is missing, or where a later update holds it.
  { code: 0x800f081e, tools: ['dism'], meaning: 'not applicable', source: 'cbsapi.h of the Windows SDK' },
  // ERROR_ACCESS_DENIED
  { code: 5, tools: ['wusa'], meaning: 'denied', source: systemErrors },
];

/** With and without a sign: Ansible's modules do not agree in it. */
export function exitCodes(tool: Tool, ...meanings: Meaning[]): number[] {
  return table
    .filter(({ tools, meaning }) => tools.includes(tool) && meanings.includes(meaning))
    .flatMap(({ code }) => (code > 0x7fffffff ? [code, code - 0x100000000] : [code]));
}
