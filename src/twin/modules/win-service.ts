// ansible.windows.win_service 1.14.0 (win_service.ps1, read). The model knows a service's start mode, state, account,
// path and display name; whatever else a task wants to change is refused by name, not ignored.
import type { Machine, ServiceView } from '../machine.js';
import { BasicModule, type BasicSpec } from './basic.js';
import type { ModuleCall } from './call.js';
import { notModelled, type ModuleReply } from './reply.js';

const spec: BasicSpec = {
  options: {
    dependencies: { type: 'list', elements: 'str' },
    dependency_action: { type: 'str', default: 'set', choices: ['add', 'remove', 'set'] },
    description: { type: 'str' },
    desktop_interact: { type: 'bool', default: false },
    display_name: { type: 'str' },
    error_control: { type: 'str', choices: ['critical', 'ignore', 'normal', 'severe'] },
    failure_actions: { type: 'list', elements: 'dict' },
    failure_actions_on_non_crash_failure: { type: 'bool' },
    failure_command: { type: 'str' },
    failure_reboot_msg: { type: 'str' },
    failure_reset_period_sec: { type: 'raw', aliases: ['failure_reset_period'] },
    force_dependent_services: { type: 'bool', default: false },
    load_order_group: { type: 'str' },
    name: { type: 'str', required: true },
    password: { type: 'str', noLog: true },
    path: { type: 'str' },
    pre_shutdown_timeout_ms: { type: 'raw', aliases: ['pre_shutdown_timeout'] },
    required_privileges: { type: 'list', elements: 'str' },
    service_type: {
      type: 'str',
      choices: ['win32_own_process', 'win32_share_process', 'user_own_process', 'user_share_process'],
    },
    sid_info: { type: 'str', choices: ['none', 'restricted', 'unrestricted'] },
    start_mode: { type: 'str', choices: ['auto', 'manual', 'disabled', 'delayed'] },
    state: { type: 'str', choices: ['started', 'stopped', 'restarted', 'absent', 'paused'] },
    update_password: { type: 'str', choices: ['always', 'on_create'] },
    username: { type: 'str' },
  },
  requiredBy: { password: ['username'] },
  supportsCheckMode: true,
};

/** Options that change what the model does not keep. */
const unmodelled = [
  'dependencies',
  'description',
  'error_control',
  'failure_actions',
  'failure_actions_on_non_crash_failure',
  'failure_command',
  'failure_reboot_msg',
  'failure_reset_period_sec',
  'load_order_group',
  'password',
  'pre_shutdown_timeout_ms',
  'required_privileges',
  'service_type',
  'sid_info',
];

/** Options that the model keeps but does not change. */
const fixed = ['display_name', 'path', 'username'];

export function winService(call: ModuleCall): ModuleReply {
  const module = new BasicModule(call, spec);
  module.result['exists'] = false;
  const service = findService(call.machine, module.text('name'));
  const state = module.str('state')?.toLowerCase() ?? null;
  if (service === undefined) return missing(module, state);
  if (state === 'absent') module.fail(notModelled('the removal of a service'));
  refuseUnmodelled(module, service);
  changeStartMode(call.machine, module, service);
  changeState(call.machine, module, service, state);
  Object.assign(module.result, shown(module, call.machine.service(service.name) ?? service, state));
  return module.exit();
}

/** Get-ServiceFromName: by name or by display name. */
function findService(machine: Machine, name: string): ServiceView | undefined {
  const wanted = name.toLowerCase();
  return (
    machine.service(name) ??
    machine.services().find(({ displayName }) => displayName.toLowerCase() === wanted)
  );
}

function missing(module: BasicModule, state: string | null): ModuleReply {
  const wishes = module.given([...unmodelled, ...fixed, 'start_mode', 'state']);
  if (state === 'absent' || wishes.length === 0) return module.exit();
  if (module.str('path') !== null) return module.fail(notModelled('the creation of a service'));
  return module.fail(
    `Service '${module.text('name')}' is not installed, need to set 'path' to create a new service`,
  );
}

function refuseUnmodelled(module: BasicModule, service: ServiceView): void {
  const [first] = module.given(unmodelled);
  if (first !== undefined) module.fail(notModelled(`${first} of a service`));
  if (module.bool('desktop_interact')) module.fail(notModelled('desktop_interact of a service'));
  const kept = { display_name: service.displayName, path: service.path, username: service.account };
  for (const [name, value] of Object.entries(kept)) {
    const wanted = module.str(name);
    if (wanted !== null && wanted.toLowerCase() !== value.toLowerCase()) {
      module.fail(notModelled(`a change of ${name} of a service`));
    }
  }
}

function changeStartMode(machine: Machine, module: BasicModule, service: ServiceView): void {
  const wanted = (module.str('start_mode')?.toLowerCase() ?? null) as ServiceView['startMode'] | null;
  if (wanted === null || wanted === service.startMode) return;
  const outcome = machine.changeService(service.name, { startMode: wanted }, module.checkMode);
  if (!outcome.ok) throw new Error(outcome.error.message);
  module.result['changed'] = true;
}

function changeState(
  machine: Machine,
  module: BasicModule,
  service: ServiceView,
  state: string | null,
): void {
  if (state === 'paused') module.fail(notModelled('a paused service'));
  const steps: ServiceView['state'][] = [];
  if (state === 'started' && service.state !== 'running') steps.push('running');
  if (state === 'stopped' && service.state !== 'stopped') steps.push('stopped');
  if (state === 'restarted') steps.push('stopped', 'running');
  for (const step of steps) {
    const outcome = machine.changeService(service.name, { state: step }, module.checkMode);
    // Start-Service and Stop-Service fail by an exception that the module does not catch.
    if (!outcome.ok) throw new Error(outcome.error.message);
    module.result['changed'] = true;
  }
}

function shown(module: BasicModule, service: ServiceView, state: string | null): Record<string, unknown> {
  const isWanted = state === 'started' || state === 'restarted' ? 'running' : state;
  return {
    exists: true,
    dependencies: [],
    depended_by: [],
    description: null,
    desktop_interact: false,
    can_pause_and_continue: false,
    display_name: service.displayName,
    name: service.name,
    path: service.path,
    // In check mode the answer says what would be.
    start_mode: module.str('start_mode')?.toLowerCase() ?? service.startMode,
    state: isWanted ?? service.state,
    username: service.account,
  };
}
