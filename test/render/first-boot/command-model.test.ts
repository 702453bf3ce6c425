// Every line of every script is one that the Windows it is written for understands; and the model that says so, and the
// modelled guest, refuse scripts that lack a step or have two in the wrong order.
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { renderFirstBoot } from '../../../src/render/first-boot/index.js';
import type { OsId } from '../../../src/requirements/index.js';
import { problemsOf } from './command-model.js';
import type { Guest } from './guest.js';
import { expectKeyed, fresh, kept, request, run, systems } from './scenario.js';

type Layer = 'first' | 'next';
const cases = systems.flatMap((os) => (['first', 'next'] as const).map((layer) => ({ os, layer })));

describe('the scripts of first boot', () => {
  for (const { os, layer } of cases) {
    it(`are understood by ${os}, ${layer} layer`, () => {
      for (const more of [{}, { network: null, guestTools: null, packages: [] }]) {
        for (const [path, text] of renderFirstBoot(request(os, layer, more))) {
          if (path.endsWith('.cmd')) expect(problemsOf(text, os), path).to.deep.equal([]);
        }
      }
    });
  }

  it('would not be, were they another one', () => {
    const script = renderFirstBoot(request('2008r2', 'first')).get('lyncimg/key.cmd') ?? '';
    const wrong: [from: string, to: string, problem: RegExp][] = [
      ['call winrm delete', 'winrm delete', /no such command: winrm/],
      ['reg add', 'Set-ItemProperty', /no such command/],
      ['start= auto', 'start=auto', /no such switches/],
      ['/active', '/enabled', /^$/],
      ['\r\n:certificate\r\n', '\r\n:zertifikat\r\n', /no label certificate/],
      ['exit /b 1\r\n\r\n:drives', ':drives', /goes on into it/],
      ['profile=any', 'profile=every', /no such switches/],
      ['rem ', 'rem > ', /a remark with a sign/],
      ['call :done "HTTPS listener" "0"\r\n', '', /nobody hears of: call winrm create/],
    ];
    for (const [from, to, problem] of wrong) {
      const problems = problemsOf(script.replace(from, to), '2008r2').join('\n');
      expect(problems, to).to.match(problem);
    }
  });
});

interface Step {
  title: string;
  lines: string[];
}

/** The script in steps, each with its command and what follows on it; whatever stands between them goes with the next. */
function stepsOf(script: string): Step[] {
  const found: Step[] = [];
  let lines: string[] = [];
  for (const line of script.split('\r\n').slice(0, -1)) {
    lines.push(line);
    if (line !== 'if errorlevel 1 goto failed') continue;
    const title = /^call :done "([^"]+)"/.exec(lines.at(-2) ?? '')?.[1] ?? '';
    found.push({ title, lines });
    lines = [];
  }
  return [...found, { title: '', lines }];
}

/** The command itself; remarks, labels and marks around it stay. */
function without(step: Step): Step {
  const at = step.lines.findIndex((line) => line === 'set "CODE=%ERRORLEVEL%"') - 1;
  return { ...step, lines: [...step.lines.slice(0, Math.max(0, at)), ...step.lines.slice(at + 4)] };
}

function textOf(steps: readonly Step[]): string {
  return steps.flatMap(({ lines }) => lines.map((line) => `${line}\r\n`)).join('');
}

function scriptOf(os: OsId, layer: Layer): string {
  return renderFirstBoot(request(os, layer)).get('lyncimg/key.cmd') ?? '';
}

const overHttp = { transport: 'HTTP', hostname: '', thumbprint: '' };
const older = { transport: 'HTTPS', hostname: 'old', thumbprint: 'old' };

/** Whether anybody objects to such a script: the model of commands, the guest on its way, or what becomes of the guest. */
function isRefused(os: OsId, layer: Layer, script: string): boolean {
  if (problemsOf(script, os).length > 0) return true;
  const files = new Map([...renderFirstBoot(request(os, layer)), ['lyncimg/key.cmd', script]]);
  const endOf = (more: Partial<Guest>): 'keyed' | 'unsound' | 'not keyed' => {
    const guest = layer === 'first' ? fresh(os, files) : kept(os, files);
    try {
      expectKeyed(run({ ...guest, ...more }, layer), { os, layer });
      return 'keyed';
    } catch (error) {
      return (error as Error).message.startsWith('unsound') ? 'unsound' : 'not keyed';
    }
  };
  // As somebody leaves it who has begun before.
  const begun = { tls12: true, listeners: [overHttp, older] };
  const good = [{}, begun].map(endOf);
  const bad = [{ policyListener: true, listeners: [overHttp] }, { allowUnencrypted: true }].map(endOf);
  return good.some((end) => end !== 'keyed') || bad.some((end) => end !== 'not keyed');
}

describe('a script of first boot', () => {
  /** Steps that only say earlier, or in plainer words, what a later one would stop at. */
  const early = ['certificate is in the store', 'thumbprint on the answer disc'];

  it('is the same for 2012 as for 2012r2', () => {
    for (const layer of ['first', 'next'] as const) {
      const own = scriptOf('2012', layer);
      // A remark says that 2012 and later come with a listener.
      expect(scriptOf('2012r2', layer).replaceAll('2012r2', '2012')).to.equal(own);
    }
  });

  for (const { os, layer } of cases.filter((one) => one.os !== '2012')) {
    describe(`for the ${layer} layer of ${os}`, () => {
      const steps = stepsOf(scriptOf(os, layer));

      it('is taken with all its steps', () => {
        expect(isRefused(os, layer, textOf(steps))).to.equal(false);
      });

      for (const step of steps.filter(({ title }) => title !== '' && !early.includes(title))) {
        it(`is refused without "${step.title}"`, () => {
          const rest = steps.map((one) => (one === step ? without(one) : one));

          expect(isRefused(os, layer, textOf(rest))).to.equal(true);
        });
      }
    });
  }

  const inOrder: [os: OsId, layer: Layer, first: string, second: string][] = [
    ['2012r2', 'first', 'certificate', 'HTTPS listener'],
    ['2012r2', 'first', 'no HTTP listener', 'Basic, inside TLS'],
    ['2012r2', 'first', 'nothing unencrypted', 'Basic, inside TLS'],
    ['2012r2', 'first', 'HTTPS listener', 'firewall rule for 5986'],
    ['2012r2', 'first', 'Basic, inside TLS', 'firewall rule for 5986'],
    ['2012r2', 'next', 'WinRM runs', 'HTTPS listener'],
    ['2012r2', 'next', 'no older HTTPS listener', 'HTTPS listener'],
    ['2012r2', 'next', 'older firewall rule', 'firewall rule for 5986'],
    ['2008r2', 'first', 'TLS 1.2 Server Enabled', 'HTTPS listener'],
    ['2008r2', 'first', 'drive M: for the media', 'KB4490628'],
    ['2008r2', 'first', 'KB4490628', 'KB4474419'],
    ['2008r2', 'first', 'dotnet45', 'KB2506143'],
    ['2008r2', 'first', 'KB2506143', 'KB2842230'],
  ];
  for (const [os, layer, first, second] of inOrder) {
    it(`is refused with "${first}" after "${second}" (${os}, ${layer} layer)`, () => {
      const steps = stepsOf(scriptOf(os, layer));
      const commandsOf = (title: string): string[] => {
        const { lines } = steps.find((step) => step.title === title) ?? { lines: [] };
        return lines.slice(-4);
      };
      const [one, two] = [commandsOf(first), commandsOf(second)];
      const swapped = steps.map((step) => {
        if (step.title === first) return { ...step, lines: [...step.lines.slice(0, -4), ...two] };
        return step.title === second ? { ...step, lines: [...step.lines.slice(0, -4), ...one] } : step;
      });

      expect(one).to.have.length(4);
      expect(isRefused(os, layer, textOf(swapped))).to.equal(true);
    });
  }

  it('is refused where nobody restarts after TLS 1.2 was switched on', () => {
    const lazy = scriptOf('2008r2', 'first')
      .replaceAll('if "%CODE%"=="3010" goto restart\r\n', '')
      .replace('if exist "%LYNCIMG%\\restart" goto restart\r\n', '');

    expect(isRefused('2008r2', 'first', lazy)).to.equal(true);
  });
});
