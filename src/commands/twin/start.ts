import { join } from 'node:path';
import { Flags } from '@oclif/core';
import { loadWorkspace } from '../../catalog/index.js';
import { BaseCommand, openState } from '../../cli/index.js';
import { fail, orThrow } from '../../errors/index.js';
import { readDeployment, startTwin } from '../../twin/index.js';

export default class TwinStart extends BaseCommand {
  static override summary = 'Start a modelled Windows server that speaks WinRM on loopback.';
  static override description = [
    'Prints one line of JSON when it listens (ports, user, CA file, thumbprint, password file) and runs until SIGTERM',
    'or SIGINT, which pulls the plug, or until the machine switches itself off. It exits 0 in each of these cases.',
    'The password is that of LYNCIMG_TWIN_PASSWORD, or is made and written to a file of mode 0600.',
    'It is a model, not Windows: what is made with it is a rehearsal.',
  ].join('\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %> --os 2012r2',
    '<%= config.bin %> <%= command.id %> --os 2012r2 --state machine.json --port 5986 --http-port 5985',
    '<%= config.bin %> <%= command.id %> --image rehearsal/front-end-2012r2 --as machine.yaml',
  ];
  // The ready line is the machine-readable output; a document at the end would come after the run.
  static override enableJsonFlag = false;

  static override flags = {
    os: Flags.string({
      description: 'Which Windows to model: 2008r2, 2012 or 2012r2; by default that of the state or image.',
    }),
    'before-first-boot': Flags.boolean({
      description:
        'A new 2008 R2 as Setup leaves it: PowerShell 2.0, no .NET Framework 4, TLS 1.0 alone. Ansible refuses it.',
      dependsOn: ['os'],
    }),
    state: Flags.string({
      description:
        'Go on from this state, and save to it at power-off. Where there is no such file, the machine is new.',
      helpValue: 'FILE',
      exclusive: ['image'],
    }),
    image: Flags.string({
      description: 'Start a deployed copy of a rehearsal; the store stays as it is.',
      helpValue: 'REF',
    }),
    output: Flags.string({
      description: "Folder of the image; by default LYNCIMG_HOME, then lyncimg.yaml's.",
      helpValue: 'DIR',
      dependsOn: ['image'],
    }),
    as: Flags.string({
      description:
        'What the machine is to be other than its image, as YAML: name, domain, adapters, disks, features, registry, …',
      helpValue: 'FILE',
    }),
    answer: Flags.string({
      description: 'The answer disc: a folder with answer.json, ca.crt, server.crt and server.key.',
      helpValue: 'DIR',
    }),
    media: Flags.string({ description: 'The folder that is drive E:, read-only.', helpValue: 'DIR' }),
    port: Flags.integer({
      description: 'Port of HTTPS; 0 is any free one.',
      default: 0,
      min: 0,
      max: 65535,
    }),
    'http-port': Flags.integer({
      description: 'Port of HTTP, where messages are sealed by NTLM and Basic is refused; 0 is any free one.',
      default: 0,
      min: 0,
      max: 65535,
    }),
    'client-ca': Flags.string({
      description: 'PEM of an authority whose client certificates are mapped to the administrator.',
      helpValue: 'FILE',
    }),
    trace: Flags.string({
      description: 'Append what the twin is asked to this file, one JSON object a line, without contents.',
      helpValue: 'FILE',
    }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(TwinStart);
    if (flags.os === undefined && flags.state === undefined && flags.image === undefined)
      throw fail('E_USAGE', {
        message: 'Which machine is to be started was not said.',
        hint: 'Give --os 2012r2 for a new one, --state FILE, or --image REF.',
      });
    const password = process.env['LYNCIMG_TWIN_PASSWORD'];
    // A child of this process has no use for it, and neither has a look at its environment.
    delete process.env['LYNCIMG_TWIN_PASSWORD'];
    const twin = await startTwin({
      packageRoot: this.packageRoot,
      os: flags.os ?? null,
      beforeFirstBoot: flags['before-first-boot'],
      stateFile: flags.state ?? null,
      imageFile: flags.image === undefined ? null : await this.#imageState(flags.image, flags.output),
      answerFolder: flags.answer ?? null,
      mediaFolder: flags.media ?? null,
      httpsPort: flags.port,
      httpPort: flags['http-port'],
      clientCaFile: flags['client-ca'] ?? null,
      as: flags.as === undefined ? null : await readDeployment(flags.as),
      traceFile: flags.trace ?? null,
      password,
      onDefect: (error) => {
        this.logToStderr(`twin: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      },
    });
    process.stdout.write(`${JSON.stringify(twin.ready)}\n`);
    const { signal } = this.interrupted;
    const pullThePlug = (): void => {
      twin.switchOff();
    };
    signal.addEventListener('abort', pullThePlug, { once: true });
    // The signal may have come while it was starting.
    if (signal.aborted) pullThePlug();
    await twin.ended;
  }

  async #imageState(reference: string, output: string | undefined): Promise<string> {
    const folder = process.cwd();
    const workspace = orThrow(await loadWorkspace(folder));
    const place = { flag: output, env: process.env, workspace, folder };
    const store = await openState(place);
    return join((await store.resolveImage(reference)).folder, 'state.json');
  }
}
