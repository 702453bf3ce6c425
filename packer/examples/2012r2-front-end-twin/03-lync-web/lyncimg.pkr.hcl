# Layer 3 of 4 of front-end on Windows Server 2012 R2: lync-web.
# Platform twin. The modelled Windows server of lyncimg: a rehearsal with real Packer and Ansible, without Windows.
# Written by lyncimg; ../README.md says how to run it.
packer {
  required_version = ">= 1.6.6"
}

# Ansible and the gate read the same environment, so that nothing secret stands in a file or on a command line.
variable "host" {
  type        = string
  description = "Address of the guest."
  default     = env("LYNCIMG_HOST")
}

variable "port" {
  type        = string
  description = "Port of its HTTPS listener, as seen from here."
  default     = env("LYNCIMG_PORT")
}

variable "user" {
  type        = string
  description = "Account to log on with."
  default     = env("LYNCIMG_USER")
}

variable "password" {
  type        = string
  description = "Its password."
  default     = env("LYNCIMG_GUEST_PASSWORD")
  sensitive   = true
}

# What stands in where the environment says nothing: `packer validate` needs none of it, and an error names what is
# missing.
locals {
  host     = var.host != "" ? var.host : "set-LYNCIMG_HOST.invalid"
  port     = var.port != "" ? var.port : "5986"
  user     = var.user != "" ? var.user : "Administrator"
  password = var.password != "" ? var.password : "set LYNCIMG_GUEST_PASSWORD"
}

source "null" "guest" {
  communicator   = "winrm"
  winrm_host     = local.host
  winrm_port     = local.port
  winrm_username = local.user
  winrm_password = local.password
  winrm_use_ssl  = true
  winrm_insecure = false
  winrm_no_proxy = true
  winrm_timeout  = "2m"
}

build {
  name    = "lync-web"
  sources = ["source.null.guest"]

  # Not Packer's own ansible provisioner: that one puts the password into the arguments of a process.
  provisioner "shell-local" {
    execute_command = ["/bin/sh", "-c", "{{.Vars}} /bin/sh '{{.Script}}'"]
    environment_vars = [
      "LYNCIMG_FOLDER=${abspath(path.root)}",
      "ANSIBLE_CONFIG=${abspath(path.root)}/../ansible.cfg",
      "LYNCIMG_HOST=${local.host}",
      "LYNCIMG_PORT=${local.port}",
      "LYNCIMG_USER=${local.user}",
    ]
    inline = ["set -eu", "cd \"$LYNCIMG_FOLDER\"", "ansible-playbook playbook.yml"]
  }

  # The gate: a layer that lacks something is not kept.
  provisioner "shell-local" {
    execute_command = ["/bin/sh", "-c", "{{.Vars}} /bin/sh '{{.Script}}'"]
    environment_vars = [
      "LYNCIMG_FOLDER=${abspath(path.root)}",
      "ANSIBLE_CONFIG=${abspath(path.root)}/../ansible.cfg",
      "LYNCIMG_HOST=${local.host}",
      "LYNCIMG_PORT=${local.port}",
      "LYNCIMG_USER=${local.user}",
    ]
    inline = [
      "set -eu",
      "cd \"$LYNCIMG_FOLDER\"",
      "eval \"set -- $${LYNCIMG_COMMAND:-lyncimg}\"",
      "LYNCIMG_PASSWORD=\"$LYNCIMG_GUEST_PASSWORD\" \"$@\" verify \\",
      "  --host \"$LYNCIMG_HOST:$LYNCIMG_PORT\" --ca-file \"$LYNCIMG_CA_FILE\" --user \"$LYNCIMG_USER\" \\",
      "  --plan ../plan.json --layer lync-web --stage image --gate \\",
      "  --output \"$${LYNCIMG_REPORTS:-.}/verify-lync-web.json\"",
    ]
  }

  # Un-keying: the guest takes back listener, certificate and password and powers itself off.
  provisioner "shell-local" {
    execute_command = ["/bin/sh", "-c", "{{.Vars}} /bin/sh '{{.Script}}'"]
    environment_vars = [
      "LYNCIMG_FOLDER=${abspath(path.root)}",
      "ANSIBLE_CONFIG=${abspath(path.root)}/../ansible.cfg",
      "LYNCIMG_HOST=${local.host}",
      "LYNCIMG_PORT=${local.port}",
      "LYNCIMG_USER=${local.user}",
    ]
    inline = ["set -eu", "cd \"$LYNCIMG_FOLDER\"", "ansible-playbook unkey.yml"]
  }
}
