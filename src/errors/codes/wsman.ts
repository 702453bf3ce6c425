// The codes of the room `wsman`. Codes are permanent: deprecate, never rename.

export const wsmanCodes = {};
