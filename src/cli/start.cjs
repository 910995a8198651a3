'use strict';
const emitWarning = process.emitWarning;
// Node 22 calls its SQLite experimental at each start, in the midst of a table or a status line.
process.emitWarning = (warning, ...rest) => {
  if (!String(warning).startsWith('SQLite is an experimental feature'))
    emitWarning.call(process, warning, ...rest);
};
void import('./main.js');
