/** The command line. Started by cavendish.js, which sees to it that this Node runs TypeScript. */
import { main } from '../lib/cli/main.ts';

process.exitCode = await main(process.argv.slice(2), process);
