// Whether a current Packer has the plugins of the platform: since 1.10 it brings next to no builder of its own.
import { askTool, childEnvironment, compareVersions, type FoundTool } from '../tools/index.js';
import type { PackerPlugin } from '../platforms/index.js';
import type { Finding } from './doctor-schema.js';
import { found } from './finding.js';
import { inShell } from './in-shell.js';
import { satisfies } from './version-constraint.js';
import type { BakePlace } from './wanted.js';

/** Where the user may have put Packer's own folder; a build's Packer gets neither. */
const moved = ['PACKER_CONFIG_DIR', 'XDG_CONFIG_HOME'];

export interface PluginsQuestion {
  packer: FoundTool | null;
  place: BakePlace | null;
  env: NodeJS.ProcessEnv;
  timeoutMs: number;
}

export async function checkPackerPlugins(question: PluginsQuestion): Promise<Finding[]> {
  const { packer, place, env, timeoutMs } = question;
  if (packer === null || place === null) return [];
  const plugins = place.platform.plugins(place.settings);
  if (plugins.length === 0) return [];
  const names = plugins.map(({ source }) => source).join(', ');
  // Before 1.7 there are no plugins of this sort, and templates are written without `required_plugins` for it.
  if (compareVersions(packer.version, '1.7') < 0) {
    const detail = `Of a current Packer it would be ${names}.`;
    return [found('packer-plugins', 'ok', `Packer ${packer.version} brings the builder itself.`, { detail })];
  }
  const list = listProblem(packer, env);
  if (list !== null) return [list];
  const child = childEnvironment({ from: env }).env;
  const args = ['plugins', 'installed'];
  const answer = await askTool({ file: packer.path, args, env: child, timeoutMs });
  if (answer.exitCode !== 0) {
    const [line = ''] = (answer.stderr || answer.stdout).trim().split('\n');
    const detail = answer.timedOut ? 'It gave no answer in time.' : line.slice(0, 200);
    const what = `Which plugins Packer has could not be found out; needed: ${names}.`;
    return [
      found('packer-plugins', 'unknown', what, { detail, fix: plugins.map((one) => install(packer, one)) }),
    ];
  }
  const installed = installedPlugins(answer.stdout);
  return plugins.map((plugin) => judge(plugin, installed, { packer, env }));
}

/** Packer takes one folder; it refused a list from 1.11 on. */
function listProblem(packer: FoundTool, env: NodeJS.ProcessEnv): Finding | null {
  const folders = env['PACKER_PLUGIN_PATH']?.split(':') ?? [];
  if (folders.length < 2 || compareVersions(packer.version, '1.11') < 0) return null;
  return found(
    'packer-plugins',
    'problem',
    'PACKER_PLUGIN_PATH names several folders, and Packer takes one.',
    {
      fix: folders
        .filter((folder) => folder !== '')
        .map((folder) => `export PACKER_PLUGIN_PATH=${inShell(folder)}`),
    },
  );
}

interface InstalledPlugin {
  source: string;
  version: string;
}

/** Paths, one a line: `…/github.com/hashicorp/qemu/packer-plugin-qemu_v1.1.4_x5.0_linux_amd64`. */
function installedPlugins(output: string): InstalledPlugin[] {
  return output.split('\n').flatMap((line) => {
    const match = /([^/\s]+\/[^/\s]+\/[^/\s]+)\/packer-plugin-[^/]+?_v(\d+\.\d+\.\d+[\w.+-]*?)_x\d/.exec(
      line,
    );
    return match === null ? [] : [{ source: match[1] ?? '', version: match[2] ?? '' }];
  });
}

function judge(
  plugin: PackerPlugin,
  installed: readonly InstalledPlugin[],
  { packer, env }: { packer: FoundTool; env: NodeJS.ProcessEnv },
): Finding {
  const versions = installed.filter(({ source }) => source === plugin.source).map(({ version }) => version);
  const fitting = versions.filter((version) => satisfies(version, plugin.version) !== false);
  if (fitting.length > 0)
    return found('packer-plugins', 'ok', `Packer has the plugin ${plugin.source} ${fitting.join(', ')}.`);
  const what =
    versions.length === 0
      ? `Packer has no plugin ${plugin.source}.`
      : `Packer has the plugin ${plugin.source} ${versions.join(', ')}, and ${plugin.version} is needed.`;
  const elsewhere = moved.filter((name) => (env[name] ?? '') !== '');
  return found('packer-plugins', 'problem', what, {
    detail:
      elsewhere.length === 0
        ? null
        : `A build's Packer does not get ${elsewhere.join(' and ')}: plugins that lie there it finds by PACKER_PLUGIN_PATH.`,
    fix: [
      ...elsewhere.map((name) => `export PACKER_PLUGIN_PATH="$${name}/${folderBelow(name)}"`),
      install(packer, plugin),
      'Without internet: packer plugins install --path BINARY SOURCE, or PACKER_PLUGIN_PATH names a folder of plugins that was brought along.',
    ],
  });
}

/** As Packer's own pathing has it: the older variable gets the older layout. */
function folderBelow(name: string): string {
  return name === 'PACKER_CONFIG_DIR' ? '.packer.d/plugins' : 'packer/plugins';
}

function install({ path }: FoundTool, { source, version }: PackerPlugin): string {
  return `${inShell(path)} plugins install ${source} ${inShell(version)}`;
}
