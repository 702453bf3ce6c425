// The codes of the room `twin`. Codes are permanent: deprecate, never rename.

export const twinCodes = {};
