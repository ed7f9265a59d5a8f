/**
 * Runs a bundle as Lambda would, in a process of its own: node invoke.ts BUNDLE, the event on standard input.
 *
 * Prints one line of JSON at the end: what the handler answered, or how it failed.
 */
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

import { aContext } from '../support/lambda.ts';

const [bundle = ''] = process.argv.slice(2);
const event: unknown = JSON.parse(await text(process.stdin));

async function invoke(): Promise<object> {
  try {
    const { handler } = (await import(pathToFileURL(bundle).href)) as {
      handler: (event: unknown, context: unknown) => Promise<unknown>;
    };
    return { answer: await handler(event, aContext()) };
  } catch (error) {
    return { error: Error.isError(error) ? error.message : String(error) };
  }
}

const end = await invoke();
process.stdout.write(`\n${JSON.stringify({ end })}\n`);
