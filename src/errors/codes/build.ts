// The codes of the room `build`. Codes are permanent: deprecate, never rename.

export const buildCodes = {};
