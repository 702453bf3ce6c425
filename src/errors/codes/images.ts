// The codes of the room `images`. Codes are permanent: deprecate, never rename.

export const imagesCodes = {};
