// That Windows installs no update by itself: Lync servers are updated by hand, pool by pool.
import { z } from 'zod';
import { judgeValues, registryFacts, registryTasks } from './registry-values.js';
import type { Setting } from './setting.js';

/** The policy "Configure Automatic Updates", disabled (Microsoft's page on the registry keys of automatic updates). */
const values = [
  { key: 'SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU', name: 'NoAutoUpdate', data: 1 },
];
const expected = 'automatic updates off';

export const automaticUpdates: Setting<false> = {
  name: 'automaticUpdates',
  id: 'automatic-updates',
  schema: z.literal(false).meta({ description: 'Windows installs no update by itself.' }),
  title: () => 'Automatic updates off',
  tasks: (_value, comments) => registryTasks(values, comments),
  facts: () => registryFacts(values),
  judge: (_value, facts) => judgeValues(values, expected, facts),
};
