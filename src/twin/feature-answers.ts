// The answers of the feature cmdlets, with the texts that Windows gives (seen in public logs; see each).
import type { TwinFeature } from './feature-catalogue.js';
import type { FeatureAnswer, FeatureResultItem, GuestError } from './outcomes.js';

const requestFailed = 'The request to add or remove features on the specified server failed.';

/** Text: public logs of Install-WindowsFeature on 2012 R2. */
export function unknownFeature(names: string[]): GuestError {
  const list = names.map((name) => `'${name}'`).join(', ');
  return {
    id: 'NameDoesNotExist',
    hresult: null,
    message: `ArgumentNotValid: The role, role service, or feature name is not valid: ${list}. The name was not found.`,
  };
}

/** 0x800F081F CBS_E_SOURCE_MISSING: voxpupuli/puppet-windowsfeature #68, mwrock/packer-templates #53. */
export function removedPayload(): GuestError {
  return {
    id: 'DISMAPI_Error__Failed_To_Enable_Updates',
    hresult: '0x800F081F',
    message: [
      requestFailed,
      'Installation of one or more roles, role services, or features failed.',
      'The source files could not be found. Use the "Source" option to specify the location of the files that are required to restore the feature. Error: 0x800f081f',
    ].join('\n'),
  };
}

/** Text and id: public threads on Install-WindowsFeature while servicing waits for a restart. */
export function restartRequired(): GuestError {
  return {
    id: 'DISMAPI_Error__Failed_Reboot_Required',
    hresult: null,
    message: `${requestFailed}\nThe operation cannot be completed, because the server that you specified requires a restart.`,
  };
}

/** Success false, RestartNeeded No, ExitCode Failed, no results (the same threads). */
export function failure(error: GuestError): FeatureAnswer {
  return { success: false, exitCode: 'Failed', restartNeeded: 'No', featureResult: [], error };
}

export function succeeded(features: TwinFeature[], restart: boolean): FeatureAnswer {
  return {
    success: true,
    exitCode: features.length === 0 ? 'NoChangeNeeded' : restart ? 'SuccessRestartRequired' : 'Success',
    restartNeeded: restart ? 'Yes' : 'No',
    featureResult: features.map((feature) => resultItem(feature, restart)),
    error: null,
  };
}

/** -WhatIf cannot know and says Maybe (documentation of Install-WindowsFeature). */
export function whatIfAnswer(features: TwinFeature[]): FeatureAnswer {
  return { ...succeeded(features, false), restartNeeded: 'Maybe' };
}

function resultItem(feature: TwinFeature, restartNeeded: boolean): FeatureResultItem {
  return {
    id: feature.id ?? 0,
    name: feature.name,
    displayName: feature.displayName,
    success: true,
    restartNeeded,
    skipReason: 'NotSkipped',
    messages: [],
  };
}
