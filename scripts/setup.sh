#!/bin/sh
# Installs what is missing on a Debian 12 machine: npm packages, and the tools that a bake starts.
# `scripts/setup.sh` is enough to bake; `scripts/setup.sh test` adds what only the tests need.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "setup: $*" >&2; }

node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
  process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' || {
  say "Node $(node --version) is too old; lyncimg needs Node 20.19 or later."
  exit 3
}

# Another program named packer exists (cracklib's); it reads standard input for ever.
is_packer() { timeout 10 packer --version </dev/null 2>/dev/null | grep -Eq '^(Packer v)?[0-9]+\.[0-9]+\.[0-9]+'; }
has_winrm() { /usr/bin/python3 -c 'import winrm' 2>/dev/null; }
# The library, not its settings: those stay behind when the package is removed.
has_gss_ntlm() { ls /usr/lib/*/gssntlmssp/gssntlmssp.so >/dev/null 2>&1; }
has_roots() { [ -s /etc/ssl/certs/ca-certificates.crt ]; }

missing=''
is_packer || missing="$missing packer"
command -v ansible-playbook >/dev/null 2>&1 || missing="$missing ansible"
has_winrm || missing="$missing python3-winrm"
has_roots || missing="$missing ca-certificates"
if [ "${1:-}" = test ]; then
  command -v ansible-lint >/dev/null 2>&1 || missing="$missing ansible-lint"
  # A user's PATH has no /usr/sbin.
  [ -x /usr/sbin/sshd ] || missing="$missing openssh-server"
  command -v ssh-keygen >/dev/null 2>&1 || missing="$missing openssh-client"
  command -v curl >/dev/null 2>&1 || missing="$missing curl"
  command -v tshark >/dev/null 2>&1 || missing="$missing tshark"
  # Discs are made with the first two and read back with the third.
  command -v xorriso >/dev/null 2>&1 || missing="$missing xorriso"
  command -v genisoimage >/dev/null 2>&1 || missing="$missing genisoimage"
  command -v 7z >/dev/null 2>&1 || missing="$missing p7zip-full"
  command -v qemu-system-x86_64 >/dev/null 2>&1 || missing="$missing qemu-system-x86"
  command -v qemu-img >/dev/null 2>&1 || missing="$missing qemu-utils"
  # NTLM for curl's Negotiate; what it installs is read by GSS-API programs only.
  has_gss_ntlm || missing="$missing gss-ntlmssp"
  # Windows media in small.
  command -v wimlib-imagex >/dev/null 2>&1 || missing="$missing wimtools"
  [ -x /usr/sbin/mkudffs ] || missing="$missing udftools"
fi

if [ -n "$missing" ]; then
  if ! command -v apt-get >/dev/null 2>&1; then
    say "missing:$missing. This script installs them on Debian only; install them with your own packager."
    exit 3
  fi
  as_root=''
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || {
      say "missing:$missing. Run 'apt-get install$missing' as root, then this again."
      exit 3
    }
    as_root=sudo
  fi
  say "installing Debian packages:$missing"
  case "$missing" in
  *openssh-server*)
    # The tests start an sshd of their own; the package must not open port 22 of this machine (README.Debian of it).
    $as_root mkdir -p /etc/ssh
    $as_root touch /etc/ssh/sshd_not_to_be_run
    say "sshd is for the tests only: /etc/ssh/sshd_not_to_be_run keeps it from starting by itself"
    ;;
  esac
  $as_root apt-get -q update >&2
  # sudo passes no environment on, and tshark's package would ask who may capture.
  # shellcheck disable=SC2086 -- a list of words
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends $missing >&2
fi

# npm writes this file last, so it tells whether the folder holds what the lock file says.
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  say "installing npm packages"
  npm ci --no-audit --no-fund >&2
fi
