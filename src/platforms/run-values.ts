// What a template learns at its run, by the environment: the build sets it, and so does a person who runs a rendered
// folder by hand. Secrets among them stand in no file.
import { expression, template, type HclTemplate } from './hcl.js';

export interface RunValue {
  /** Environment variable. */
  env: string;
  what: string;
  /** Stands in where the variable is not set, so that `packer validate` needs none; it names what is missing. */
  unset: string | HclTemplate;
  secret?: true;
}

/** By the name under which a source uses it, as `local.<name>`. */
export const runValues = {
  host: { env: 'LYNCIMG_HOST', what: 'Address of the guest.', unset: 'set-LYNCIMG_HOST.invalid' },
  port: { env: 'LYNCIMG_PORT', what: 'Port of its HTTPS listener, as seen from here.', unset: '5986' },
  user: { env: 'LYNCIMG_USER', what: 'Account to log on with.', unset: 'Administrator' },
  password: {
    env: 'LYNCIMG_GUEST_PASSWORD',
    what: 'Its password.',
    unset: 'set LYNCIMG_GUEST_PASSWORD',
    secret: true,
  },
  name: { env: 'LYNCIMG_MACHINE', what: 'Name of the machine that is made.', unset: 'lyncimg-by-hand' },
  windows_iso: {
    env: 'LYNCIMG_WINDOWS_ISO',
    what: "Microsoft's medium of this Windows (ISO).",
    unset: 'set-LYNCIMG_WINDOWS_ISO.iso',
  },
  windows_checksum: {
    env: 'LYNCIMG_WINDOWS_CHECKSUM',
    what: 'Its checksum, as sha256:HEX.',
    unset: 'none',
  },
  answer_disc: {
    env: 'LYNCIMG_ANSWER_DISC',
    what: 'The answer disc of this run (ISO, labelled LYNCIMG): answer file and key.',
    unset: 'set-LYNCIMG_ANSWER_DISC.iso',
  },
  media_disc: {
    env: 'LYNCIMG_MEDIA_DISC',
    what: 'The media disc (ISO, labelled LYNCIMG_MEDIA): hotfixes and packages.',
    unset: 'set-LYNCIMG_MEDIA_DISC.iso',
  },
  answer_folder: {
    env: 'LYNCIMG_ANSWER_FOLDER',
    what: 'Folder with the files of the answer disc, where Packer itself makes that disc.',
    unset: template(expression('path.root'), '/answer'),
  },
  media_folder: {
    env: 'LYNCIMG_MEDIA_FOLDER',
    what: 'Folder with the files of the media disc, where Packer itself makes that disc.',
    unset: template(expression('path.root'), '/media'),
  },
  drivers_disc: {
    env: 'LYNCIMG_DRIVERS_DISC',
    what: 'The disc with paravirtual drivers (ISO).',
    unset: 'set-LYNCIMG_DRIVERS_DISC.iso',
  },
  tools_disc: {
    env: 'LYNCIMG_TOOLS_DISC',
    what: "The disc with the hypervisor's guest tools (ISO).",
    unset: 'set-LYNCIMG_TOOLS_DISC.iso',
  },
  parent: {
    env: 'LYNCIMG_PARENT',
    what: 'What the layer below left: its disk, its machine or its name, as the platform keeps it.',
    unset: 'set-LYNCIMG_PARENT',
  },
  output: {
    env: 'LYNCIMG_OUTPUT',
    what: 'Folder that Packer makes for what it builds; it must not be there yet.',
    unset: 'output',
  },
} as const satisfies Record<string, RunValue>;

export type RunValueName = keyof typeof runValues;
