// community.windows.win_region 1.13.0 (win_region.ps1, read): the system locale, by Set-WinSystemLocale, on 2008 R2 by
// the registry. Not modelled: format and location, which are a user's own.
import { knownLocale, setSystemLocale } from '../system-locale.js';
import { BasicModule } from './basic.js';
import type { ModuleCall } from './call.js';
import { notModelled, type ModuleReply } from './reply.js';

export function winRegion(call: ModuleCall): ModuleReply {
  const module = new BasicModule(call, {
    options: {
      location: { type: 'str' },
      format: { type: 'str' },
      unicode_language: { type: 'str' },
      copy_settings: { type: 'bool', default: false },
    },
    supportsCheckMode: true,
  });
  module.result['restart_required'] = false;
  const language = module.str('unicode_language');
  const others = module.given(['location', 'format']);
  if (language === null && others.length === 0)
    module.fail("An argument for 'format', 'location' or 'unicode_language' needs to be supplied");
  const locale = knownLocale(language ?? '');
  if (language !== null && locale === undefined)
    module.fail(`The argument unicode_language '${language}' does not contain a valid Culture Name`);
  if (others.length > 0 || module.bool('copy_settings'))
    module.fail(notModelled('the format, location or copied settings of win_region'));
  const changed = locale !== undefined && setSystemLocale(call.machine, locale, module.checkMode);
  module.result['changed'] = changed;
  module.result['restart_required'] = changed;
  return module.exit();
}
