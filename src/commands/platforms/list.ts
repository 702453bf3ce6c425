import { BaseCommand, loadCatalogue, planMachine } from '../../cli/index.js';
import { platformList, platformNames, platformOf, type PlatformList } from '../../platforms/index.js';
import { platformListText } from '../../report/index.js';

export default class PlatformsList extends BaseCommand {
  static override summary = 'List the platforms that images are baked on, and how each was proved.';
  static override description =
    'A platform is a hypervisor, a cloud, machines that run already, or the twin, which rehearses a bake without Windows.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ];

  async run(): Promise<PlatformList> {
    await this.parse(PlatformsList);
    const [os] = (await loadCatalogue(this.config.root)).systems();
    if (os === undefined) throw new Error('the catalogue has no operating system');
    const list = platformList(
      platformNames.map((name) => {
        const platform = platformOf(name);
        const { spec: machine, settings } = planMachine(platform, os, null);
        return { platform, machine, settings };
      }),
    );
    this.log(platformListText(list).trimEnd());
    return list;
  }
}
