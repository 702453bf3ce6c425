// Where a platform's Packer plugin comes from: a setting, because sources of plugins have moved and will again.
import { z } from 'zod';
import type { PackerPlugin } from './platform.js';
import type { PlatformSettings } from './settings.js';

/** Two keys for a platform's settings. A major version of a plugin may drop what a template uses, so it is bounded. */
export function pluginSettings(source: string, version: string) {
  return {
    pluginSource: z
      .string()
      .regex(/^[\w.-]+(\/[\w.-]+){2}$/, 'The source of a plugin is HOST/OWNER/NAME.')
      .default(source)
      .meta({ description: 'Of the Packer plugin, for Packer 1.7 and later.' }),
    pluginVersion: z
      .string()
      .trim()
      .min(1)
      .default(version)
      .meta({ description: 'Versions of the plugin that will do.', examples: [version] }),
  };
}

export function pluginOf(name: string, settings: PlatformSettings): PackerPlugin[] {
  return [
    {
      name,
      source: settings.text('pluginSource'),
      version: settings.text('pluginVersion'),
    },
  ];
}
