// Services: whether one is there, how it starts, whether it runs.
import { inputAs } from './inputs.js';
import { alone, withValues, type Mutate, type Mutation } from './mutation.js';

export const mutateService: Mutate = (need) => {
  const { name, startMode, state } = inputAs(need, 'service');
  const isIt = (other: unknown): boolean => String(other).toLowerCase() === name.toLowerCase();
  const row = (what: string, values: Record<string, string>): Mutation => ({
    what,
    change: (copy) => {
      copy.rows(
        'Win32_Service',
        withValues(values, ({ Name }) => isIt(Name)),
      );
    },
    outcome: alone(need),
  });
  const modes = { auto: 'Auto', delayed: 'Auto', manual: 'Manual', disabled: 'Disabled' };
  const listed = startMode === undefined ? undefined : modes[startMode];
  return [
    {
      what: 'no such service',
      change: (copy) => {
        copy.rows('Win32_Service', (rows) => rows.filter(({ Name }) => !isIt(Name)));
      },
      outcome: alone(need),
    },
    ...(state === 'running' ? [row('stopped', { State: 'Stopped' })] : []),
    ...(state === 'stopped' ? [row('running', { State: 'Running' })] : []),
    ...[...new Set(Object.values(modes))]
      .filter((mode) => listed !== undefined && mode !== listed)
      .map((mode) => row(`start mode ${mode}`, { StartMode: mode })),
    ...(startMode === 'auto' || startMode === 'delayed'
      ? [
          {
            what: startMode === 'auto' ? 'delayed' : 'not delayed',
            change: ((copy) => {
              copy.value(`SYSTEM\\CurrentControlSet\\Services\\${name}`, 'DelayedAutostart', () =>
                startMode === 'auto' ? { exists: true, data: '1' } : { exists: false, missing: 'value' },
              );
            }) satisfies Mutation['change'],
            outcome: alone(need),
          },
        ]
      : []),
  ];
};
