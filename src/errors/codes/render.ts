// The codes of the room `render`. Codes are permanent: deprecate, never rename.

export const renderCodes = {};
