/** A running home in this process, for tests: events as they come, and its end. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';

import type { Io } from '../../lib/cli/io.ts';
import { main } from '../../lib/cli/main.ts';
import type { UpEvent } from '../../lib/cli/up/events.ts';
import { runUp, type UpOptions } from '../../lib/cli/up/run-up.ts';

export interface RunningHome {
  /** What has happened so far. */
  readonly events: readonly UpEvent[];
  /** `127.0.0.1:PORT` */
  readonly address: string;
  /** Resolves with the first event, past or to come, that satisfies. */
  until(wanted: (event: UpEvent) => boolean): Promise<UpEvent>;
  /** Ends it as Ctrl-C does, and gives its exit code. */
  stop(): Promise<number>;
  /** Its exit code, when it ends by itself. */
  readonly ended: Promise<number>;
}

type Given = Partial<UpOptions> & { readonly data: string; readonly now?: () => Date };

export async function startHome({ now = () => new Date(), ...given }: Given): Promise<RunningHome> {
  const options: UpOptions = {
    sample: false,
    once: false,
    port: 0,
    appetite: undefined,
    smtp: undefined,
    mailFrom: 'cavendish@localhost',
    mailTo: 'stakeholders@localhost',
    ...given,
  };
  const ending = new AbortController();
  const events: UpEvent[] = [];
  const listeners = new Set<() => void>();
  const watch = (event: UpEvent): void => {
    events.push(event);
    for (const listener of listeners) listener();
  };
  const ended = runUp(options, ioOf({ now, signal: ending.signal }), watch);

  const until = (wanted: (event: UpEvent) => boolean): Promise<UpEvent> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = events.find(wanted);
        if (found === undefined) return;
        listeners.delete(look);
        resolve(found);
      };
      listeners.add(look);
      look();
      ended.then(() => {
        look();
        reject(new Error('the home ended before'));
      }, reject);
    });

  const up = await until(({ event }) => event === 'up');
  return {
    events,
    address: up.event === 'up' ? up.registry : '',
    until,
    ended,
    stop() {
      ending.abort();
      return ended;
    },
  };
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process. */
export async function run(argv: readonly string[], given: Partial<Io> = {}): Promise<Ran> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const said = Promise.all([text(stdout), text(stderr)]);
  const code = await main(argv, ioOf({ ...given, stdout, stderr }));
  stdout.end();
  stderr.end();
  const [out, err] = await said;
  return { code, stdout: out, stderr: err };
}

function ioOf(given: Partial<Io>): Io {
  return {
    stdin: new PassThrough().end(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    env: {},
    now: () => new Date(),
    signal: new AbortController().signal,
    ...given,
  };
}
