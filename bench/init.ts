/**
 * How long each function takes to be ready for its first message, from its bundle, as a ratio to the
 * start of Node with nothing in it; and the memory that it then has.
 *
 *     node bench/init.ts
 *
 * Ready means: the bundle read, compiled and run, the environment checked, every client made, as Lambda
 * does it before the first invocation. Each run is a process of its own, and the runs take turns. Lambda's
 * own start is not in it, and its processors are others: ratios travel between machines, times don't.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { ENV } from '../lib/stacks/functions/names.ts';

const RUNS = 15;
const ROOT = join(import.meta.dirname, '..');

const ENVIRONMENT = {
  ...Object.fromEntries(Object.values(ENV).map((name) => [name, 'a-name'])),
  ...Object.fromEntries(
    [ENV.eventsQueue, ENV.scanQueue, ENV.judgeQueue, ENV.announceQueue, ENV.deadLetterQueue].map((name) => [
      name,
      'https://sqs.eu-central-1.amazonaws.com/111122223333/a-queue',
    ]),
  ),
  [ENV.operatorTopic]: 'arn:aws:sns:eu-central-1:111122223333:operator',
  [ENV.subscribers]: '[]',
  [ENV.registries]: '[{"account":"111122223333","region":"eu-central-1"}]',
  [ENV.repositories]: '["*"]',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_LAMBDA_FUNCTION_NAME: 'a-bench',
  POWERTOOLS_TRACE_ENABLED: 'false',
};

interface Start {
  /** Milliseconds from the beginning of the import to its end. */
  readonly ready: number;
  /** MiB */
  readonly memory: number;
}

const MEASURE = `
  const start = performance.now();
  const file = process.argv[1];
  if (file !== undefined && typeof (await import(file)).handler !== 'function') throw new Error('no handler');
  const ready = performance.now() - start;
  console.log(JSON.stringify({ ready, memory: process.memoryUsage().rss / 1024 / 1024 }));
`;

function startOnce(file?: string): Start & { readonly whole: number } {
  const begun = performance.now();
  const args = ['--input-type=module', '--eval', MEASURE, ...(file === undefined ? [] : [pathToFileURL(file).href])];
  const said = execFileSync(process.execPath, args, { env: ENVIRONMENT, encoding: 'utf8' });
  return { ...(JSON.parse(said) as Start), whole: performance.now() - begun };
}

function best(figures: readonly number[]): number {
  return Math.min(...figures);
}

function measure(bundles: readonly { readonly name: string; readonly file: string }[]): void {
  const runs = Array.from({ length: RUNS }, () => ({
    node: startOnce(),
    functions: bundles.map(({ file }) => startOnce(file)),
  }));
  const node = best(runs.map((run) => run.node.whole));
  console.log(`init: Node with nothing in it starts in ${node.toFixed(0)} ms; the best of ${RUNS} runs each`);
  for (const [nth, { name, file }] of bundles.entries()) {
    const starts = runs.flatMap(({ functions }) => functions.slice(nth, nth + 1));
    const ready = best(starts.map((start) => start.ready));
    const columns = [
      name.padEnd(8),
      `${(ready / node).toFixed(2)} x a start of Node`,
      `${ready.toFixed(0)} ms`.padStart(7),
      `${best(starts.map(({ memory }) => memory)).toFixed(0)} MiB`.padStart(8),
      `${(statSync(file).size / 1024).toFixed(0)} KiB`.padStart(9),
    ];
    console.log(`init: ${columns.join('  ')}`);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'cavendish-init-'));
try {
  execFileSync(process.execPath, [join(ROOT, '.ci', 'bundle-functions.js'), folder], { cwd: ROOT, stdio: 'ignore' });
  const names = readdirSync(join(folder, 'functions'));
  measure(names.map((name) => ({ name, file: join(folder, 'functions', name, 'index.mjs') })));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
