// English: the sentences whose grammar needs code. Messages without grammar stand in
// static/text/en.json.

export * from './refusals.js';
