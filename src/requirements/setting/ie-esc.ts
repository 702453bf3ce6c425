// Internet Explorer's Enhanced Security Configuration, which hinders the pages that administrators work with (Lync's
// control panel is one). Two components of Active Setup, one for each kind of user (medium: public scripts agree).
import { z } from 'zod';
import { judgeValues, registryFacts, registryTasks } from './registry-values.js';
import type { Setting } from './setting.js';

const components = 'SOFTWARE\\Microsoft\\Active Setup\\Installed Components';
const values = [
  {
    key: `${components}\\{A509B1A7-37EF-4b3f-8CFC-4F3A74704073}`,
    name: 'IsInstalled',
    data: 0,
    about: 'IE ESC for administrators',
  },
  {
    key: `${components}\\{A509B1A8-37EF-4b3f-8CFC-4F3A74704073}`,
    name: 'IsInstalled',
    data: 0,
    about: 'IE ESC for users',
  },
];
const expected = 'IE Enhanced Security Configuration off';

export const ieEsc: Setting<false> = {
  name: 'ieEsc',
  id: 'ie-esc',
  schema: z.literal(false).meta({
    description: "Internet Explorer's Enhanced Security Configuration is off, for administrators and users.",
  }),
  title: () => expected,
  tasks: (_value, comments) => registryTasks(values, comments),
  facts: () => registryFacts(values),
  judge: (_value, facts) => judgeValues(values, expected, facts),
};
