// English: the sentences whose grammar needs code. Messages without grammar stand in
// static/text/en.json.

export * from './accounts.js';
export * from './code.js';
export * from './gists.js';
export * from './layers.js';
export * from './refusals.js';
export * from './scene.js';
