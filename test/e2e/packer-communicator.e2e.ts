// Real Packer's WinRM communicator against the twin: its question whether WinRM works, and windows-restart.
import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { startAnsibleTwin, type AnsibleTwin } from '../helpers/ansible-twin.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

describe('packer against the twin', () => {
  const folder = temporaryFolder();
  let twin: AnsibleTwin;

  beforeEach(async () => {
    twin = await startAnsibleTwin({ folder: folder.path, media: null });
  });
  afterEach(async () => {
    await twin.close();
  });

  it('connects, restarts the machine, and sees it come back', async () => {
    const template = join(folder.path, 'twin.pkr.hcl');
    await writeFile(template, templateText);
    const boots = twin.machine.state.power.boots;

    const { stdout } = await promisify(execFile)('packer', ['build', template], {
      cwd: folder.path,
      env: {
        PATH: process.env['PATH'],
        HOME: folder.path,
        TMPDIR: folder.path,
        SSL_CERT_FILE: twin.ready.caFile,
        CHECKPOINT_DISABLE: '1',
        PACKER_NO_COLOR: '1',
        NO_PROXY: '127.0.0.1',
        PKR_VAR_port: String(twin.ready.port),
        PKR_VAR_password: twin.password,
      },
    });

    expect(stdout).to.contain('WinRM connected.').and.contain('Machine successfully restarted');
    expect(twin.machine.state.power.boots).to.equal(boots + 1);
  });
});

const templateText = `
variable "port" { type = number }
variable "password" {
  type      = string
  sensitive = true
}
source "null" "twin" {
  communicator   = "winrm"
  winrm_host     = "127.0.0.1"
  winrm_port     = var.port
  winrm_username = "Administrator"
  winrm_password = var.password
  winrm_use_ssl  = true
  winrm_timeout  = "30s"
}
build {
  sources = ["source.null.twin"]
  provisioner "windows-restart" { restart_timeout = "1m" }
}
`;
