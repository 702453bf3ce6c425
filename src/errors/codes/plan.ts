// The codes of the room `plan`. Codes are permanent: deprecate, never rename.

export const planCodes = {};
