export type { MediaItem } from './types.js';
