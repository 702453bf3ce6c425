#!/usr/bin/env node
// Runs from the sources. oclif's own way to do so does not find commands under tsx 4.23 and core 4.14, so tsx is
// registered here and oclif is told where the sources of the commands lie.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Config, flush, handle, run, settings } from '@oclif/core';
import { register } from 'tsx/esm/api';

register();
settings.enableAutoTranspile = false;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const pjson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
pjson.oclif.commands = './src/commands';

// The manifest speaks of what was built last, not of the sources.
await Config.load({ root, pjson, ignoreManifest: true })
  .then((config) => run(process.argv.slice(2), config))
  .then(() => flush())
  .catch(handle);
