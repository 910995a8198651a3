// JavaScript, because a development extension is loaded as it is.
import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
import { ConfigurationTarget, commands, extensions, Uri, workspace } from 'vscode';

/**
 * Opens a door into this window for the process that started VS Code: an HTTP server on loopback, whose
 * port and token are in a file that only this user can read.
 * @param {import('vscode').ExtensionContext} context
 */
export async function activate(context) {
  const folder = process.env.KEY_QUOTA_PILOT_DIR;
  const workspaceFolder = workspace.workspaceFolders?.[0];
  if (!folder || !workspaceFolder) {
    return;
  }
  const token = randomBytes(32).toString('base64url');
  const server = createServer((request, response) => {
    answer(request, token).then(
      ({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(body),
      error => response.writeHead(500).end(JSON.stringify({ error: String(error) })),
    );
  });
  context.subscriptions.push({ dispose: () => server.close() });
  server.listen(0, '127.0.0.1', async () => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    const file = join(folder, `${basename(workspaceFolder.uri.fsPath)}.json`);
    await mkdir(folder, { recursive: true });
    await writeFile(`${file}.part`, JSON.stringify({ port, token, pid: process.pid }), { mode: 0o600 });
    await rename(`${file}.part`, file);
  });
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {string} token
 */
async function answer(request, token) {
  if (request.headers.authorization !== `Bearer ${token}`) {
    return { status: 401, body: JSON.stringify({ error: 'wrong token' }) };
  }
  try {
    const result = await perform(request);
    // A command that returns nothing still answers with JSON.
    return { status: 200, body: JSON.stringify({ result: result ?? null }) };
  } catch (error) {
    return {
      status: 200,
      body: JSON.stringify({ error: error instanceof Error ? error.message : String(error) }),
    };
  }
}

/** @param {import('node:http').IncomingMessage} request */
async function perform(request) {
  switch (`${request.method} ${request.url}`) {
    case 'POST /command': {
      const { command, args } = JSON.parse(await read(request));
      return commands.executeCommand(command, ...args);
    }
    case 'POST /setting': {
      const { name, value } = JSON.parse(await read(request));
      return workspace.getConfiguration().update(name, value, ConfigurationTarget.Global);
    }
    case 'POST /link':
      return commands.executeCommand('vscode.open', Uri.parse(JSON.parse(await read(request))));
    case 'GET /api': {
      const extension = extensions.getExtension('key-quota.key-quota');
      if (!extension) {
        throw new Error('key-quota.key-quota is not installed in this window');
      }
      return (await extension.activate()).snapshot();
    }
    default:
      throw new Error(`the pilot does not know ${request.method} ${request.url}`);
  }
}

/** @param {import('node:http').IncomingMessage} request */
async function read(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
  }
  return text;
}
