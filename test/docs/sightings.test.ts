/** The manifest of docs/sightings.md: it is what Kubernetes takes, and what it runs is a command that there is. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';

import { openLaptop } from '../../lib/cli/compose/laptop.ts';
import { environmentRulesSchema } from '../../lib/core/sightings/environments.ts';
import { aDigest } from '../support/assessments.ts';
import { run } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: {
    readonly jobTemplate: {
      readonly spec: {
        readonly template: {
          readonly spec: {
            readonly serviceAccountName: string;
            readonly containers: readonly { readonly command: readonly string[]; readonly args: readonly string[] }[];
          };
        };
      };
    };
  };
}

let folder: TemporaryFolder;
let blocks: readonly (readonly unknown[])[];

beforeAll(async () => {
  folder = await temporaryFolder();
  const page = await readFile(join(import.meta.dirname, '../../docs/sightings.md'), 'utf8');
  blocks = [...page.matchAll(/^```yaml\n(?<yaml>[\s\S]*?)^```$/gmu)].map(({ groups }) =>
    parseAllDocuments(groups?.['yaml'] ?? '').map((document) => {
      expect(document.errors).toEqual([]);
      return document.toJS() as unknown;
    }),
  );
});

afterAll(async () => {
  await folder.remove();
});

describe('docs/sightings.md', () => {
  it('shows a config that is right', () => {
    const [config] = blocks[0] as readonly [{ readonly sightings: unknown }];
    expect(environmentRulesSchema.parse(config.sightings)).toMatchObject([{ environment: 'testing' }]);
  });

  it('shows a CronJob that runs as who may list pods, and tells what they run', async () => {
    const manifests = blocks[1] as readonly Manifest[];
    expect(manifests.map(({ kind }) => kind)).toEqual([
      ...['Namespace', 'ServiceAccount', 'ClusterRole', 'ClusterRoleBinding', 'CronJob'],
    ]);
    const { spec } = manifests.at(-1)!.spec!.jobTemplate.spec.template;
    expect(spec.serviceAccountName).toBe(manifests[1]!.metadata.name);
    const [{ command, args } = { command: [], args: [] }] = spec.containers;
    expect([command, args.length]).toEqual([['sh', '-c'], 1]);

    const [list = '', told = ''] = args[0]!.split(' && ');
    expect(list).toMatch(/^kubectl get pods .* > \/tmp\/images$/u);
    const [, line = ''] = /^cavendish (.+) < \/tmp\/images$/u.exec(told) ?? [];
    const data = join(folder.path, 'home');
    await (await openLaptop({ data, as: 'beside', now: new Date() })).close();
    const images = `docker.io/library/redis@${aDigest('redis')}\nregistry.example.com/shop@${aDigest('shop')}\n`;
    const ran = await run([...line.split(' '), '--data', data], { stdin: Readable.from([images]) });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toMatch(/redis {2}runs in eks\/shop \(production\)[\s\S]*shop {2}runs in eks\/shop/u);

    const none = await run([...line.split(' '), '--data', data], { stdin: Readable.from(['']), now: later });
    expect(none.stdout).toContain('2 others ended in eks/shop');
  });
});

function later(): Date {
  return new Date(Date.now() + 60_000);
}
