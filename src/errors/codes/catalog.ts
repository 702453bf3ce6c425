// The codes of the room `catalog`. Codes are permanent: deprecate, never rename.

export const catalogCodes = {};
