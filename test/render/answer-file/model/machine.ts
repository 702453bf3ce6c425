// What a file of the model is for, and the names and keys that Microsoft gives to these systems.

export type System = '2008r2' | '2012' | '2012r2';

export interface Purpose {
  /** A new machine, or an image that is sealed. */
  file: 'install' | 'generalize';
  system: System;
  /** Of no meaning when an image is sealed. */
  firmware: 'bios' | 'uefi';
  key: 'kms' | 'own' | 'none';
  owner: boolean;
  drivers: boolean;
}

export interface Problem {
  /**
   * `order`: Setup reads settings by name and lists by number; the model holds the file to one order, so that nothing
   * moves unnoticed. Every other rule is one of Setup, or of an installation that waits for nobody.
   */
  rule:
    | 'xml'
    | 'unknown'
    | 'pass'
    | 'attribute'
    | 'duplicate'
    | 'missing'
    | 'value'
    | 'number'
    | 'disk'
    | 'order';
  at: string;
  says: string;
}

/** Names in install.wim of editions with a desktop, and Microsoft's page of KMS client setup keys. */
export const editions: Readonly<Record<System, Readonly<Record<string, string>>>> = {
  '2008r2': {
    'Windows Server 2008 R2 SERVERSTANDARD': 'YC6KT-GKW9T-YTKYR-T4X34-R7VHC',
    'Windows Server 2008 R2 SERVERENTERPRISE': '489J6-VHDMP-X63PK-3K798-CPX3Y',
    'Windows Server 2008 R2 SERVERDATACENTER': '74YFP-3QFB3-KQT8W-PMXWJ-7M648',
  },
  '2012': {
    'Windows Server 2012 SERVERSTANDARD': 'XC9B7-NBPP2-83J2H-RHMBY-92BT4',
    'Windows Server 2012 SERVERDATACENTER': '48HP8-DN98B-MYWDG-T2DCC-8W83P',
  },
  '2012r2': {
    'Windows Server 2012 R2 SERVERSTANDARD': 'D2N9P-3P6X9-2R39C-7RTCD-MDVJX',
    'Windows Server 2012 R2 SERVERDATACENTER': 'W3GGN-FT8W3-Y4M27-J84CP-Q3VJ9',
  },
};
