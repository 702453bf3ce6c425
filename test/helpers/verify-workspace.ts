// A workspace with one small role that reads every way of asking: a class, another namespace, a hotfix, the registry,
// and two needs of a deployed machine.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WsmanDouble } from './wsman-double.js';

const role = `apiVersion: lyncimg/v1
kind: Role
name: small
title: A small role
description: For tests.
supports: [2012r2]
options:
  quiet: { type: boolean, default: true, description: No updates by themselves. }
requirements:
  - feature: Web-Server
    source: MS-ADDSW
  - hotfix: { kb: KB2919355, file: Windows8.1-KB2919355-x64.msu }
    source: MS-KB4014587
  - registry: { path: 'HKLM\\SOFTWARE\\Small', name: Quiet, type: dword, data: 1 }
    source: MS-ADDSW
    when: { option: { quiet: true } }
  - setting: { powerPlan: high-performance }
    source: { title: Somebody said so, publisher: Somebody, page: https://forum.example/1, date: unknown, confidence: unverified }
  - computer: { membership: domain, name: lync.example.net }
    source: MS-ADDSW
  - computer: { dnsSuffix: lync.example.net }
    source: MS-ADDSW
`;

/** Writes it, and gives the folder. */
export async function writeWorkspace(
  folder: string,
  workspace = 'os: 2012r2\nroles: [small]\n',
): Promise<void> {
  await mkdir(join(folder, 'roles'), { recursive: true });
  await writeFile(join(folder, 'roles', 'small.yaml'), role);
  await writeFile(join(folder, 'lyncimg.yaml'), `apiVersion: lyncimg/v1\nkind: Workspace\n${workspace}`);
}

/** Makes a host that has all of it. */
export function meetSmallRole({ classes, registry }: WsmanDouble): void {
  Object.assign(classes, {
    Win32_OptionalFeature: [
      { Name: 'IIS-WebServerRole', InstallState: 1 },
      { Name: 'NetFx3', InstallState: 3 },
    ],
    Win32_QuickFixEngineering: [{ HotFixID: 'KB2919355' }],
    Win32_PowerPlan: [
      { InstanceID: 'Microsoft:PowerPlan\\{8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c}', IsActive: true },
    ],
    Win32_ComputerSystem: [{ Domain: 'lync.example.net', PartOfDomain: true, Workgroup: null }],
  });
  Object.assign(registry, {
    'HKLM\\SOFTWARE\\Small|Quiet': { ReturnValue: 0, uValue: 1 },
    'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters|NV Domain': {
      ReturnValue: 0,
      sValue: 'lync.example.net',
    },
  });
}
