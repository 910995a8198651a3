#!/usr/bin/env node
'use strict';
// Old Node reads this file before it can be told that it is too old: nothing in it is newer than ES5.
var parts = process.versions.node.split('.');
var major = Number(parts[0]);
if (major > 22 || (major === 22 && Number(parts[1]) >= 16)) require('./start.cjs');
else {
  process.stderr.write(
    'key-quota needs Node.js 22.16 or later, because it keeps its figures in the SQLite that Node brings along. This is Node.js ' +
      process.versions.node +
      '.\n',
  );
  // “Unavailable”: not to be mistaken for what a command says of keys.
  process.exitCode = 69;
}
