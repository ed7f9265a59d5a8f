/**
 * DynamoDB Local: AWS's own stand-in for DynamoDB, with its transactions, streams and limits.
 *
 * It comes from Maven Central and needs a JDK of 17 or newer.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

import { cached } from './cache.ts';

const VERSION = '3.3.1';
const LAUNCHER = join(import.meta.dirname, 'LoopbackDynamoDb.java');

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>cavendish</groupId><artifactId>test</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>software.amazon.dynamodb</groupId><artifactId>DynamoDBLocal</artifactId><version>${VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;

/** Its libraries' folder; fetched where they are not there yet. */
export async function installDynamoDbLocal(): Promise<string> {
  return await cached(`dynamodb-local-${VERSION}`, async (folder) => {
    const pom = join(folder, 'pom.xml');
    await writeFile(pom, POM);
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${folder}`, '-DincludeScope=runtime'];
    await promisify(execFile)('mvn', ['--quiet', '--batch-mode', '--file', pom, ...goal]);
  });
}

export interface DynamoDbLocal {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Starts one with nothing in it, in memory, on loopback. */
export async function startDynamoDbLocal(): Promise<DynamoDbLocal> {
  const folder = await installDynamoDbLocal();
  const java = spawn('java', [`-Djava.library.path=${folder}`, '-cp', join(folder, '*'), LAUNCHER], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  java.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const ended = once(java, 'exit');
  for await (const line of createInterface(java.stdout)) {
    const port = /^listening on (\d+)$/u.exec(line)?.[1];
    if (port === undefined) continue;
    java.stdout.resume();
    return {
      endpoint: `http://127.0.0.1:${port}`,
      async stop() {
        java.stdin.end();
        await ended;
      },
    };
  }
  throw new Error(`DynamoDB Local did not start:\n${said.join('')}`);
}
