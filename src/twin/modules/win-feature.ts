// ansible.windows.win_feature 1.14.0 (win_feature.ps1, read). Install-WindowsFeature itself is the machine's. The
// module calls it with -ErrorAction Stop, so that a failed installation ends as "Failed to install Windows Feature: …"
// and not with a result (seen in ansible/ansible #64893).
import type { FeatureAnswer, FeatureOutcome, FeatureResultItem, Machine } from '../machine.js';
import type { ModuleCall } from './call.js';
import type { JsonObject } from './json.js';
import { LegacyArguments } from './legacy.js';
import { dotNetText } from './basic-convert.js';
import { exitJson, failJson, type ModuleReply } from './reply.js';

export async function winFeature(call: ModuleCall): Promise<ModuleReply> {
  const { machine } = call;
  const given = new LegacyArguments(call, { supportsCheckMode: true });
  const names = (given.list('name', { required: true }) ?? []).map(dotNetText);
  const state = given.str('state', { default: 'present', choices: ['present', 'absent'] });
  const present = state?.toLowerCase() === 'present';
  // 2008 R2 has Add-WindowsFeature only, which knows neither -Source nor -IncludeManagementTools.
  const hasInstallCmdlet = machine.facts().os.id !== '2008r2';
  const request = {
    names,
    includeSubFeatures: given.bool('include_sub_features', false),
    includeManagementTools: hasInstallCmdlet && given.bool('include_management_tools', false),
    source: hasInstallCmdlet ? given.str('source') : null,
    whatIf: given.checkMode,
  };
  if (present) await refuseMissingSource(machine, request.source);
  const outcome = present ? await machine.installFeatures(request) : await machine.uninstallFeatures(request);
  return exitJson(resultOf(answerOf(outcome, present ? 'install' : 'uninstall')));
}

async function refuseMissingSource(machine: Machine, source: string | null): Promise<void> {
  if (source === null || source === '') return;
  if ((await machine.stat(source)) === undefined) {
    failJson(`Failed to find source path ${source} for feature install`);
  }
}

function answerOf(outcome: FeatureOutcome, verb: 'install' | 'uninstall'): FeatureAnswer {
  const error = outcome.ok ? outcome.answer.error : outcome.error;
  if (error !== null) failJson(`Failed to ${verb} Windows Feature: ${error.message}`);
  if (!outcome.ok) throw new Error('unreachable: a refused request carries its error');
  return outcome.answer;
}

function resultOf(answer: FeatureAnswer): JsonObject {
  return {
    changed: answer.featureResult.length > 0,
    feature_result: answer.featureResult.map(itemOf),
    success: answer.success,
    exitcode: answer.exitCode,
    // ConvertTo-Bool takes "Yes" for true and "Maybe" for false.
    reboot_required: answer.restartNeeded === 'Yes',
    failed: !answer.success,
  };
}

function itemOf(item: FeatureResultItem): JsonObject {
  return {
    id: item.id,
    display_name: item.displayName,
    message: item.messages.map(({ type, errorCode, text }) => ({
      message_type: type,
      error_code: errorCode,
      text,
    })),
    reboot_required: item.restartNeeded,
    skip_reason: item.skipReason,
    success: item.success,
    restart_needed: item.restartNeeded,
  };
}
