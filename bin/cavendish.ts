/** The command line. Started by cavendish.js, which sees to it that this Node runs TypeScript. */
import { main } from '../lib/cli/main.ts';

/** One Ctrl-C may come twice: from the terminal, and handed on by npm. Within so many milliseconds it is the same. */
const SAME_SIGNAL = 500;

const ending = new AbortController();
let asked = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Asked a second time, it does not wait for what is under way: everything accepted is kept anyway.
    if (ending.signal.aborted && performance.now() - asked > SAME_SIGNAL) process.exit(130);
    asked = performance.now();
    ending.abort();
  });
}
// A reader that has read enough (`| head`) ends the output, and is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const { stdin, stdout, stderr, env } = process;
const io = { stdin, stdout, stderr, env, now: () => new Date(), signal: ending.signal };
process.exitCode = await main(process.argv.slice(2), io);
