// The codes of the room `verify`. Codes are permanent: deprecate, never rename.

export const verifyCodes = {};
