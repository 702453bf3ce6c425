// The door of this folder: two files, and what they are made from.
export { renderAnswerFile } from './answer-file.js';
export { renderGeneralizeFile } from './generalize.js';
export type { AnswerFileRequest, GeneralizeRequest, KeyPolicy } from './request.js';
