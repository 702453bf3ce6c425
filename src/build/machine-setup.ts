// How the machine of a plan is set up where Packer makes it: Microsoft's medium, what the answer file says, discs that
// lie here, the platform's own secrets.
import type { MachineSpec, PlatformSettings } from '../platforms/index.js';
import type { AnswerChoices } from '../render/index.js';

export interface MachineSetup {
  machine: MachineSpec;
  settings: PlatformSettings;
  /** Absolute path; null where the platform has the medium itself. */
  windowsIso: string | null;
  /** Lower-case hex; null: Packer does not check the medium. */
  windowsSha256: string | null;
  /** Absolute paths. */
  driversIso: string | null;
  toolsIso: string | null;
  answer: AnswerChoices;
  /** The user's own product key; null under another policy. Secret. */
  productKey: string | null;
  /** Environment variable -> value, of the platform's secrets. */
  secrets: Readonly<Record<string, string>>;
}
