// The machine that a platform is asked to make: what the workspace says of it, the same words on every platform.
import type { Plan } from '../plan/index.js';

export const firmwares = ['bios', 'uefi'] as const;
export type Firmware = (typeof firmwares)[number];

/** What a platform must know of the operating system (catalog/os/). */
export interface GuestOs {
  id: Plan['os']['id'];
  /** e.g. `Windows Server 2012 R2` */
  title: string;
  /** What a hypervisor calls such a guest. */
  guestIds: { virtualbox: string; vmware: string; vsphere: string };
  /** Of the VirtIO disc: `<driver>/<folder>/amd64`. */
  virtioFolder: string;
  /** It boots as a guest of Hyper-V's generation 2 (UEFI, Secure Boot). */
  generation2: boolean;
}

/** An address that the guest is given by its answer file or answer disc, so that it is known before it boots. */
export interface StaticAddress {
  /** IPv4. */
  address: string;
  /** Length of the network's prefix, 1 to 30. */
  prefix: number;
  gateway: string | null;
  dns: readonly string[];
}

export interface GuestNetwork {
  /** The network that the guest will be in, in CIDR notation; its certificate then holds every address of it. */
  range: string | null;
  static: StaticAddress | null;
}

export interface MachineSpec {
  os: GuestOs;
  /** One of the platform's for this operating system. */
  firmware: Firmware;
  cpus: number;
  memoryMb: number;
  diskGb: number;
  /** A disc with paravirtual drivers is there; without it only devices that Windows brings drivers for are used. */
  drivers: boolean;
  /** A disc with the hypervisor's guest tools is there. */
  guestTools: boolean;
  network: GuestNetwork;
}
