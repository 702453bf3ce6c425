// `required_plugins`, in a file of its own, because Packer before 1.7 refuses the block.
import { map, type PackerPlugin } from '../platforms/index.js';
import { writeHcl } from './hcl.js';

/** `plugins.pkr.hcl`, or null: older Packers have every builder inside, and built-in builders need none. */
export function renderPlugins(plugins: readonly PackerPlugin[], packerVersion: string | null): string | null {
  if (plugins.length === 0 || packerVersion === null || !knowsRequiredPlugins(packerVersion)) return null;
  const body = plugins.map(({ name, source, version }) => ({
    attribute: name,
    value: map({ source, version }),
  }));
  return writeHcl([
    { comment: 'In a file of its own, because Packer before 1.7 refuses this block.' },
    { block: 'packer', body: [{ block: 'required_plugins', body }] },
  ]);
}

function knowsRequiredPlugins(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 1 || (major === 1 && minor >= 7);
}
