// The codes of the room `platforms`. Codes are permanent: deprecate, never rename.
import { code } from '../code.js';

export const platformsCodes = {
  /** A build would run on example values: lyncimg.yaml does not say where. */
  E_PLATFORM_SETTINGS: code<{ platform: string; missing: string[] }>({
    title: 'settings of the platform are missing',
    message: ({ platform, missing }) =>
      `A build on ${platform} needs settings that lyncimg.yaml does not have: ${missing.join(', ')}.`,
    hint: ({ platform, missing }) => [
      `Write them under platforms: ${platform}: in lyncimg.yaml, e.g. ${missing[0] ?? ''}.`,
      `lyncimg platforms show ${platform} says what each is.`,
    ],
    exit: 2,
  }),
  /** A secret of the platform is not in the environment. */
  E_PLATFORM_SECRET: code<{ platform: string; missing: { env: string; what: string }[] }>({
    title: 'a secret of the platform is missing',
    message: ({ platform, missing }) =>
      `A build on ${platform} needs ${missing.map(({ env, what }) => `${env} (${what})`).join(', ')} in the environment.`,
    hint: () => 'Set it in the environment of the build; it never stands in lyncimg.yaml or in a template.',
    exit: 2,
  }),
  /** What was asked for cannot be had there. */
  E_PLATFORM_LIMIT: code<{ platform: string; what: string; reason: string; instead: string }>({
    title: 'the platform cannot make such a machine',
    message: ({ platform, what, reason }) => `${platform} cannot make ${what}: ${reason}.`,
    hint: ({ instead }) => instead,
    exit: 2,
  }),
  /** A build on a hypervisor without Microsoft's medium. */
  E_WINDOWS_ISO_MISSING: code<{ os: string; title: string }>({
    title: 'no Windows medium is given',
    message: ({ title }) => `Nothing says where the ISO of ${title} lies.`,
    hint: ({ os }) => [
      `Set windows.${os}.iso in lyncimg.yaml to Microsoft's ISO.`,
      'lyncimg media check ISO says what is on one.',
    ],
    exit: 2,
  }),
  /** `key: own`, and no key in the environment. */
  E_PRODUCT_KEY_MISSING: code<{ variable: string }>({
    title: 'your own product key is not there',
    message: ({ variable }) => `lyncimg.yaml says key: own, and ${variable} is not set.`,
    hint: ({ variable }) => [
      `Set ${variable} in the environment of the build; it never stands in a file.`,
      "Or use key: kms, Microsoft's public KMS client key, or key: none for evaluation media.",
    ],
    exit: 2,
  }),
  /** The Packer that was found cannot express what this platform needs. */
  E_PLATFORM_PACKER: code<{ platform: string; found: string; needed: string; why: string }>({
    title: 'Packer is too old for the platform',
    message: ({ platform, found, needed, why }) =>
      `${platform} needs Packer ${needed} or later, and ${found} was found: ${why}.`,
    hint: ({ needed }) => `Put Packer ${needed} or later into PATH, or name it in LYNCIMG_PACKER.`,
    exit: 3,
  }),
  /** The platform bakes nothing, or cannot bake yet. */
  E_PLATFORM_NO_BAKE: code<{ platform: string; reason: string; instead: string }>({
    title: 'nothing can be baked on the platform',
    message: ({ platform, reason }) => `Nothing can be baked on ${platform}: ${reason}.`,
    hint: ({ instead }) => instead,
    exit: 2,
  }),
};
