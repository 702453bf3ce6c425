// The codes of the room `tools`. Codes are permanent: deprecate, never rename.

export const toolsCodes = {};
