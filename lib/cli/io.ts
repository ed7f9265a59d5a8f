/** What a command touches of the world: given by the entry point, so that tests can stand in for it. */
import type { Readable, Writable } from 'node:stream';

export interface Io {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}

/** How a command says its exit code. */
export type End = (exitCode: number) => void;

export function print(io: Pick<Io, 'stdout'>, text: string): void {
  io.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Results as JSON, for programs: one document, indented as people can still read it. */
export function printJson(io: Pick<Io, 'stdout'>, value: unknown): void {
  io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** What is not a result: progress, remarks. */
export function remark(io: Pick<Io, 'stderr'>, text: string): void {
  io.stderr.write(`${text}\n`);
}
