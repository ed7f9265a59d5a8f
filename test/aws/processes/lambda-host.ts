/**
 * Stands for the Lambda runtime: loads one bundle once, as a cold start does, and gives it one event
 * after another. `lambda-host.ts FOLDER HANDLER`; events and answers go over the channel to the parent.
 * Its clock can be another: what a bundle takes for now is then so much later.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Asked {
  readonly event: unknown;
  readonly requestId: string;
  /** Milliseconds that the function may take. */
  readonly timeout: number;
  /** Milliseconds that its clock is ahead. */
  readonly ahead: number;
}

let ahead = 0;
const { now: realNow } = Date;
globalThis.Date = new Proxy(Date, {
  construct: (real, given, as) => Reflect.construct(real, given.length === 0 ? [realNow() + ahead] : given, as) as Date,
  get: (real, name) => (name === 'now' ? () => realNow() + ahead : (Reflect.get(real, name) as unknown)),
});

const [folder = '', handlerName = ''] = process.argv.slice(2);
const dot = handlerName.lastIndexOf('.');
const bundle = pathToFileURL(join(folder, `${handlerName.slice(0, dot)}.mjs`)).href;
const exported = (await import(bundle)) as Record<string, (event: unknown, context: object) => Promise<unknown>>;
const handler = exported[handlerName.slice(dot + 1)];
if (handler === undefined) throw new Error(`${handlerName} is not in the bundle`);

process.on('message', ({ event, requestId, timeout, ahead: by }: Asked) => {
  ahead = by;
  const deadline = performance.now() + timeout;
  const name = process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? '';
  const context = {
    awsRequestId: requestId,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${process.env['AWS_REGION'] ?? ''}:123456789012:function:${name}`,
    memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    logGroupName: process.env['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: 'test',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - performance.now()),
  };
  handler(event, context).then(
    (result) => process.send?.({ requestId, result: result ?? null }),
    (error: unknown) => process.send?.({ requestId, error: String(error) }),
  );
});
process.send?.({ ready: true });
