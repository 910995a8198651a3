const NAME = 'key-quota';
const COMMAND = ['npx', '-y', 'key-quota', 'mcp'] as const;

/** How an agent is told of `key-quota mcp`. */
interface McpForm {
  readonly agent: string;
  /** Where it goes; absent for a command of a terminal. */
  readonly file?: string;
  readonly text: string;
}

/** What each agent wants. On Windows `npx` is a script, which not all of them can run by themselves. */
export function mcpForms(isWindows: boolean): readonly McpForm[] {
  const [command, ...args] = isWindows ? ['cmd', '/c', ...COMMAND] : COMMAND;
  const json = JSON.stringify({ mcpServers: { [NAME]: { command, args } } }, null, 2);
  return [
    {
      agent: 'Claude Code',
      text: `claude mcp add --scope user ${NAME} -- ${[command, ...args].join(' ')}`,
    },
    {
      agent: 'Codex',
      file: '~/.codex/config.toml',
      text: `[mcp_servers.${NAME}]\ncommand = ${JSON.stringify(command)}\nargs = ${JSON.stringify(args)}\n`,
    },
    { agent: 'Cursor', file: '~/.cursor/mcp.json', text: `${json}\n` },
  ];
}
