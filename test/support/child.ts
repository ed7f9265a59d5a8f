/** Other processes, for tests of what happens between two or to one that is killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Child {
  readonly pid: number;
  /** What it has written to standard output until now. */
  output(): string;
  /** Waits until its output has that in it. */
  says(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Waits for its end: its exit code, null where a signal ended it, and what it wrote to standard error. */
  ended(): Promise<{ readonly code: number | null; readonly errors: string }>;
}

/** Runs a TypeScript file in a Node process of its own. @param env - beside the environment of this one */
export function startChild(script: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Child {
  const command = ['--disable-warning=ExperimentalWarning', script, ...args];
  const child = spawn(process.execPath, command, { env: { ...process.env, ...env } });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const closed = once(child, 'close') as Promise<[number | null]>;

  return {
    pid: child.pid ?? -1,
    output: () => output,
    async says(text) {
      while (!output.includes(text)) {
        if (child.exitCode !== null) throw new Error(`it ended (${child.exitCode}) and did not say ${text}: ${errors}`);
        await Promise.race([once(child.stdout, 'data'), closed]);
      }
    },
    kill: (signal) => void child.kill(signal),
    async ended() {
      const [code] = await closed;
      return { code, errors };
    },
  };
}
