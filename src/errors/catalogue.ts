// Every code that lyncimg can end with. One table a room, so that a room's bad ends read on one page.
import type { CodeEntry } from './code.js';
import { answerCodes } from './codes/answer.js';
import { applyCodes } from './codes/apply.js';
import { buildCodes } from './codes/build.js';
import { catalogCodes } from './codes/catalog.js';
import { cliCodes } from './codes/cli.js';
import { discsCodes } from './codes/discs.js';
import { doctorCodes } from './codes/doctor.js';
import { imagesCodes } from './codes/images.js';
import { mediaCodes } from './codes/media.js';
import { planCodes } from './codes/plan.js';
import { platformsCodes } from './codes/platforms.js';
import { renderCodes } from './codes/render.js';
import { sshCodes } from './codes/ssh.js';
import { toolsCodes } from './codes/tools.js';
import { twinCodes } from './codes/twin.js';
import { verifyCodes } from './codes/verify.js';
import { windowsMediaCodes } from './codes/windows-media.js';
import { wsmanCodes } from './codes/wsman.js';
import { wsmanAuthCodes } from './codes/wsman-auth.js';
import { wsmanFaultCodes } from './codes/wsman-faults.js';

export const catalogue = {
  ...cliCodes,
  ...catalogCodes,
  ...planCodes,
  ...renderCodes,
  ...wsmanCodes,
  ...wsmanAuthCodes,
  ...sshCodes,
  ...wsmanFaultCodes,
  ...twinCodes,
  ...verifyCodes,
  ...mediaCodes,
  ...toolsCodes,
  ...buildCodes,
  ...imagesCodes,
  ...platformsCodes,
  ...answerCodes,
  ...windowsMediaCodes,
  ...discsCodes,
  ...doctorCodes,
  ...applyCodes,
};

type Catalogue = typeof catalogue;
export type Code = keyof Catalogue;
/** The facts that the wording of a code needs. */
export type FactsOf<C extends Code> = Catalogue[C] extends CodeEntry<infer Facts> ? Facts : never;
