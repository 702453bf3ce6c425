// One build of two layers, the first stored already, as the sinks' tests use it.
import type { BuildEvent } from '../../../src/build/index.js';

const at = (second: number): string => new Date(Date.UTC(2026, 10, 23, 12, 0, second)).toISOString();

export function buildEvents(folder: string): BuildEvent[] {
  return [
    {
      at: at(0),
      type: 'build-started',
      run: 'run-1',
      role: 'lync-common',
      os: '2012r2',
      platform: 'twin',
      rehearsal: true,
      folder,
      layers: [
        { name: 'windows-base', digest: 'a'.repeat(64) },
        { name: 'lync-common', digest: 'b'.repeat(64) },
      ],
    },
    { at: at(0), type: 'layer-reused', layer: 'windows-base', digest: 'a'.repeat(64) },
    { at: at(1), type: 'layer-started', layer: 'lync-common', digest: 'b'.repeat(64), reason: 'not stored' },
    { at: at(1), type: 'phase-started', layer: 'lync-common', phase: 'start' },
    { at: at(2), type: 'tool-started', layer: 'lync-common', tool: 'packer', log: `${folder}/packer.log` },
    { at: at(8), type: 'task-started', layer: 'lync-common', task: 'Install features', index: 3, total: 17 },
    { at: at(9), type: 'task-finished', layer: 'lync-common', task: 'Install features', status: 'changed' },
    { at: at(10), type: 'gate-judged', layer: 'lync-common', counts: { pass: 20, fail: 0 } },
    { at: at(12), type: 'layer-built', layer: 'lync-common', digest: 'b'.repeat(64), durationMs: 11_000 },
    {
      at: at(13),
      type: 'image-sealed',
      reference: 'rehearsal/lync-common-2012r2@cccccccccccc',
      durationMs: 900,
    },
    {
      at: at(13),
      type: 'build-finished',
      outcome: 'built',
      rehearsal: true,
      reference: 'rehearsal/lync-common-2012r2@cccccccccccc',
      durationMs: 13_000,
    },
  ];
}

export const events = buildEvents('/runs/run-1');
