'use strict';
const { argv, env, execArgv, execPath, pid, platform, stderr, emitWarning } = process;
// Node calls these experimental at each use, in the midst of a table or a status line.
const UNTOLD = /^(?:SQLite|process\.execve) is an experimental feature/;
process.emitWarning = (warning, ...rest) => {
  if (!UNTOLD.test(String(warning))) emitWarning.call(process, warning, ...rest);
};
const isServer = argv[2] === 'serve';
// The GNU C library keeps a heap for each thread, which makes a server a tenth larger. It reads this variable once, when
// a program starts, so the server starts again in its own place: the process id stays, and signals reach it.
const isStartedAgain = isServer && platform === 'linux' && env.MALLOC_ARENA_MAX === undefined;
if (isServer) listenForSignals();
// Signals that have come already are handled first: the new program is not told of them.
if (isStartedAgain) setImmediate(startAgain);
else void import('./main.js');

function startAgain() {
  try {
    process.execve(execPath, [execPath, ...execArgv, ...argv.slice(1)], { ...env, MALLOC_ARENA_MAX: '1' });
  } catch {
    // Node does not allow it where its permissions are limited. The server needs more memory then.
  }
  void import('./main.js');
}

/** Until `toldBySignals` listens: nothing has begun yet that would have to be ended in good order. */
function listenForSignals() {
  // SIGHUP asks to read the configuration, which is about to be read anyway. In a terminal it says that this was closed.
  if (!stderr.isTTY && platform !== 'win32') process.on('SIGHUP', () => undefined);
  // The new program is not told of a signal that was caught just before it starts. Without a listener, the system itself
  // ends the process, and no signal is lost. It never does so to the first process of a container, which has to listen.
  if (isStartedAgain && pid !== 1) return;
  const end = () => process.exit(0);
  process.on('SIGTERM', end).on('SIGINT', end);
}
