/**
 * The deployed functions, run as they were deployed: the published archive, the handler and the
 * environment that GetFunctionConfiguration names. A host process stands for the Lambda runtime.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';

import { FUNCTIONS } from '../../../lib/stacks/functions/names.ts';
import { unpack } from './bundle.ts';
import type { Deployed } from './deploy.ts';
import { ask, awsEnvironment } from './environment.ts';

const BUNDLES = join(import.meta.dirname, '..', '..', '..', 'dist', 'functions');
const HOST = join(import.meta.dirname, '..', 'processes', 'lambda-host.ts');

/** What GetFunctionConfiguration answers, as far as a runtime needs it. */
interface Configuration {
  readonly FunctionName: string;
  readonly Handler: string;
  readonly CodeSha256: string;
  /** Seconds. */
  readonly Timeout: number;
  readonly MemorySize: number;
  readonly Environment?: { readonly Variables: Readonly<Record<string, string>> };
}

export interface Invoked {
  readonly result: unknown;
  /** What the runtime would report: the handler threw, ended or took too long. */
  readonly error: string | null;
  readonly milliseconds: number;
}

export interface DeployedFunction {
  readonly name: string;
  /** Whose bundle it runs: the name of a folder of functions/. */
  readonly role: string;
  /** From the start of a process to a bundle that is loaded, in milliseconds. */
  readonly coldStart: number;
  readonly archive: { readonly bytes: number; readonly files: readonly string[] };
  readonly environment: Readonly<Record<string, string>>;
  invoke(event: unknown): Promise<Invoked>;
  /** Sets its clock, which goes on from there; null: to what it is. */
  setClock(at: Date | null): void;
  /** All that it wrote: log lines and metrics. */
  output(): string;
  stop(): Promise<void>;
}

export interface Platform {
  readonly endpoint: string;
  readonly s3: S3Client;
  readonly deployed: Deployed;
  /** What this run adds to each function's environment, such as the registry's endpoint. */
  readonly extra: Readonly<Record<string, string>>;
}

/** @throws where what is deployed is not what was published */
export async function startFunction(name: string, platform: Platform): Promise<DeployedFunction> {
  const { endpoint, extra } = platform;
  const configuration = (await ask(endpoint, 'lambda', `/2015-03-31/functions/${name}/configuration`)) as Configuration;
  const { Handler, Timeout, MemorySize, Environment } = configuration;
  const archive = await publishedArchive(configuration, platform);

  const folder = await mkdtemp(join(tmpdir(), 'cavendish-lambda-'));
  const files = await unpack(archive, folder);
  const environment = {
    ...Environment?.Variables,
    ...awsEnvironment(endpoint),
    ...extra,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    LAMBDA_TASK_ROOT: folder,
    _X_AMZN_TRACE_ID: `Root=1-65000000-${randomBytes(12).toString('hex')};Parent=${randomBytes(8).toString('hex')};Sampled=0`,
  };

  let host: ChildProcess | null = null;
  let output = '';
  let ahead = 0;
  const start = async (): Promise<ChildProcess> => {
    const child = fork(HOST, [folder, Handler], {
      env: { PATH: process.env['PATH'], NODE_OPTIONS: '', ...environment },
      execArgv: ['--disable-warning=ExperimentalWarning', '--enable-source-maps', `--max-old-space-size=${MemorySize}`],
      silent: true,
    });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
    await Promise.race([once(child, 'message'), once(child, 'exit').then(() => Promise.reject(new Error(output)))]);
    return child;
  };

  const began = performance.now();
  host = await start();
  const coldStart = performance.now() - began;
  return {
    name,
    role: await roleOf(join(folder, 'index.mjs')),
    coldStart,
    archive: { bytes: archive.length, files },
    environment,
    output: () => output,
    setClock(at) {
      ahead = at === null ? 0 : at.getTime() - Date.now();
    },
    async invoke(event) {
      host ??= await start();
      const invoked = await invokeOn(host, event, { timeout: Timeout * 1000, ahead });
      // As on AWS, what died or ran out of time starts anew.
      if (invoked.error !== null) {
        output += `${invoked.error}\n`;
        host.kill('SIGKILL');
        host = null;
      }
      return invoked;
    },
    async stop() {
      host?.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The function of the repository whose bundle that is, byte for byte. */
async function roleOf(main: string): Promise<string> {
  const deployed = await readFile(main);
  for (const role of FUNCTIONS) {
    if (deployed.equals(await readFile(join(BUNDLES, role, 'index.mjs')))) return role;
  }
  throw new Error(`${main} is no bundle of dist/functions`);
}

async function invokeOn(
  host: ChildProcess,
  event: unknown,
  { timeout, ahead }: { readonly timeout: number; readonly ahead: number },
): Promise<Invoked> {
  const requestId = randomUUID();
  const began = performance.now();
  const ended = new AbortController();
  const { signal } = ended;
  const answered = once(host, 'message', { signal }).then(([said]) => said as { result?: unknown; error?: string });
  const died = once(host, 'exit', { signal }).then(([code]) => ({ error: `Runtime exited: ${String(code)}` }));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<{ error: string }>((resolve) => {
    timer = setTimeout(() => {
      resolve({ error: `Task timed out after ${timeout / 1000} seconds` });
    }, timeout);
  });
  host.send({ event, requestId, timeout, ahead });
  try {
    const said: { result?: unknown; error?: string } = await Promise.race([answered, died, late]);
    return { result: said.result, error: said.error ?? null, milliseconds: performance.now() - began };
  } finally {
    clearTimeout(timer);
    ended.abort();
    await Promise.allSettled([answered, died]);
  }
}

/** The archive among those that the CDK put into its bucket that the function says it runs. */
async function publishedArchive(
  { FunctionName, CodeSha256 }: Configuration,
  { s3, deployed }: Platform,
): Promise<Buffer> {
  const functions = Object.values(deployed.template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  for (const { Properties } of functions) {
    const { S3Key } = Properties?.['Code'] as { readonly S3Key: string };
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: deployed.assets, Key: S3Key }));
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    if (createHash('sha256').update(bytes).digest('base64') === CodeSha256) return bytes;
  }
  throw new Error(`the code of ${FunctionName} is not among what the CDK published`);
}
