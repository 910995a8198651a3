'use strict';
const { argv, env, execArgv, execPath, platform, emitWarning } = process;
// Node calls these experimental at each use, in the midst of a table or a status line.
const UNTOLD = /^(?:SQLite|process\.execve) is an experimental feature/;
process.emitWarning = (warning, ...rest) => {
  if (!UNTOLD.test(String(warning))) emitWarning.call(process, warning, ...rest);
};
// The GNU C library keeps a heap for each thread, which makes a server a tenth larger. It reads this variable once, when
// a program starts, so the server starts again in its own place: the process id stays, and signals reach it.
if (argv[2] === 'serve' && platform === 'linux' && env.MALLOC_ARENA_MAX === undefined) {
  try {
    process.execve(execPath, [execPath, ...execArgv, ...argv.slice(1)], { ...env, MALLOC_ARENA_MAX: '1' });
  } catch {
    // Node does not allow it where its permissions are limited. The server needs more memory then.
  }
}
void import('./main.js');
