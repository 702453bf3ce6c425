# Layer 4 of 4 of front-end on Windows Server 2012 R2: front-end.
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

  validation {
    condition     = length(var.host) > 0
    error_message = "Set LYNCIMG_HOST in the environment."
  }
}

variable "port" {
  type        = string
  description = "Port of its HTTPS listener."
  default     = env("LYNCIMG_PORT")

  validation {
    condition     = length(var.port) > 0
    error_message = "Set LYNCIMG_PORT in the environment."
  }
}

variable "user" {
  type        = string
  description = "Account to log on with."
  default     = env("LYNCIMG_USER")

  validation {
    condition     = length(var.user) > 0
    error_message = "Set LYNCIMG_USER in the environment."
  }
}

variable "password" {
  type        = string
  description = "Its password."
  default     = env("LYNCIMG_GUEST_PASSWORD")
  sensitive   = true

  validation {
    condition     = length(var.password) > 0
    error_message = "Set LYNCIMG_GUEST_PASSWORD in the environment."
  }
}

source "null" "guest" {
  communicator   = "winrm"
  winrm_host     = var.host
  winrm_port     = var.port
  winrm_username = var.user
  winrm_password = var.password
  winrm_use_ssl  = true
  winrm_insecure = false
  winrm_no_proxy = true
  winrm_timeout  = "2m"
}

build {
  name    = "front-end"
  sources = ["source.null.guest"]

  # Not Packer's own ansible provisioner: that one puts the password into the arguments of a process.
  provisioner "shell-local" {
    execute_command = ["/bin/sh", "-c", "{{.Vars}} /bin/sh '{{.Script}}'"]
    environment_vars = [
      "LYNCIMG_FOLDER=${abspath(path.root)}",
      "ANSIBLE_CONFIG=${abspath(path.root)}/../ansible.cfg",
    ]
    inline = ["set -eu", "cd \"$LYNCIMG_FOLDER\"", "ansible-playbook playbook.yml"]
  }

  # The gate: a layer that lacks something is not kept.
  provisioner "shell-local" {
    execute_command = ["/bin/sh", "-c", "{{.Vars}} /bin/sh '{{.Script}}'"]
    environment_vars = [
      "LYNCIMG_FOLDER=${abspath(path.root)}",
      "ANSIBLE_CONFIG=${abspath(path.root)}/../ansible.cfg",
    ]
    inline = [
      "set -eu",
      "cd \"$LYNCIMG_FOLDER\"",
      "eval \"set -- $${LYNCIMG_COMMAND:-lyncimg}\"",
      "LYNCIMG_PASSWORD=\"$LYNCIMG_GUEST_PASSWORD\" \"$@\" verify \\",
      "  --host \"$LYNCIMG_HOST:$LYNCIMG_PORT\" --ca-file \"$LYNCIMG_CA_FILE\" --user \"$LYNCIMG_USER\" \\",
      "  --plan ../plan.json --layer front-end --stage image --gate \\",
      "  --output \"$${LYNCIMG_REPORTS:-.}/verify-front-end.json\"",
    ]
  }

  # Un-keying: the guest takes back listener, certificate and password and powers itself off.
  provisioner "shell-local" {
    execute_command = ["/bin/sh", "-c", "{{.Vars}} /bin/sh '{{.Script}}'"]
    environment_vars = [
      "LYNCIMG_FOLDER=${abspath(path.root)}",
      "ANSIBLE_CONFIG=${abspath(path.root)}/../ansible.cfg",
    ]
    inline = ["set -eu", "cd \"$LYNCIMG_FOLDER\"", "ansible-playbook unkey.yml"]
  }
}
