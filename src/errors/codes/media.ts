// The codes of the room `media`. Codes are permanent: deprecate, never rename.

export const mediaCodes = {};
