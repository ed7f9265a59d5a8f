/** One walk along the way: what is pushed, deleted and scanned, until every queue is empty. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BatchDeleteImageCommand, StartImageScanCommand } from '@aws-sdk/client-ecr';
import { SendMessageCommand } from '@aws-sdk/client-sqs';

import type { Placement } from '../../lib/core/image/placement.ts';
import { OUTPUTS } from '../../lib/stacks/functions/names.ts';
import type { AwsHome } from './home.ts';
import { type Answer, cavendish } from './parts/command-line.ts';
import * as ecr from './parts/ecr-events.ts';
import { ACCOUNT, REGION } from './parts/environment.ts';
import { ARTIFACT_TYPE, artifactPush, debian, imagePush, indexPush, samplePush } from './parts/pushes.ts';
import type { Pushed } from './parts/registry.ts';

const SAMPLE = join(import.meta.dirname, '..', '..', 'lib', 'cli', 'sample');
const FEEDS = ['advisories.json', 'cve-records.jsonl', 'epss.csv', 'kev.json'].map((name) => join(SAMPLE, name));
/** The push of AWS's documentation, whose digest has not 64 digits. */
const DOCUMENTED = join(import.meta.dirname, '..', 'fixtures', 'aws', 'ecr-image-action-push.json');

export interface Walk {
  readonly imported: Answer;
  readonly pushed: Readonly<Record<Case, Pushed>>;
  /** The parts of the index, in its order. */
  readonly parts: readonly [Pushed, Pushed];
}

export type Case = 'tagged' | 'untagged' | 'index' | 'artifact' | 'deleted' | 'replicated';

export function placementOf(repository: string, { digest }: Pushed): Placement {
  return { account: ACCOUNT, region: REGION, registry: 'ecr', repository, digest };
}

export async function walk(home: AwsHome): Promise<Walk> {
  const { clients, registry, pump, deployed, moto } = home;
  const imported = await cavendish(home, 'feeds', 'import', ...FEEDS, '--complete', 'Debian:12');
  const platforms = [await debian('index', 'amd64'), await debian('index', 'arm64')] as const;
  const pushed = {
    tagged: await registry.push('team/tagged', await samplePush('12.15')),
    untagged: await registry.push('team/untagged', imagePush(await debian('untagged'))),
    index: await registry.push('team/index', indexPush(platforms, '1.0')),
    artifact: await registry.push('team/tagged', artifactPush()),
    deleted: await registry.push('team/deleted', imagePush(await debian('deleted'), '1.0')),
    replicated: await registry.push('team/replicated', imagePush(await debian('replicated'), '1.0')),
  };
  const parts = [platforms[0].manifest, platforms[1].manifest] as const;

  await ecr.putEvents(clients.events, [
    ecr.pushEvent('team/tagged', pushed.tagged, '12.15'),
    ecr.pushEvent('team/untagged', pushed.untagged),
    ...parts.map((part) => ecr.pushEvent('team/index', part)),
    ecr.pushEvent('team/index', pushed.index, '1.0'),
    ecr.pushEvent('team/tagged', pushed.artifact, '', ARTIFACT_TYPE),
    ecr.pushEvent('team/deleted', pushed.deleted, '1.0'),
    ecr.replicationEvent('team/replicated', pushed.replicated, '1.0'),
  ]);
  await pump.untilQuiet(90);

  const deleted = { repositoryName: 'team/deleted', imageIds: [{ imageDigest: pushed.deleted.digest }] };
  await clients.ecr.send(new BatchDeleteImageCommand(deleted));
  await seedScan(moto.endpoint, pushed.tagged);
  const imageId = { imageDigest: pushed.tagged.digest };
  await clients.ecr.send(new StartImageScanCommand({ repositoryName: 'team/tagged', imageId }));
  await ecr.putEvents(clients.events, [
    ecr.deleteEvent('team/deleted', pushed.deleted, '1.0'),
    ecr.scanEvent('team/tagged', pushed.tagged, '12.15'),
  ]);
  // EventBridge would not send it: this is what somebody may put into the queue.
  const MessageBody = await readFile(DOCUMENTED, 'utf8');
  await clients.sqs.send(new SendMessageCommand({ QueueUrl: deployed.outputs[OUTPUTS.eventsQueue], MessageBody }));
  await pump.untilQuiet(30);
  return { imported, pushed, parts };
}

/** What the basic scan of ECR will say of the next image that it is asked about. */
async function seedScan(endpoint: string, { digest }: Pushed): Promise<void> {
  const finding = (name: string, severity: string) => ({
    name,
    severity,
    uri: `https://security-tracker.debian.org/tracker/${name}`,
    attributes: [
      { key: 'package_name', value: 'perl' },
      { key: 'package_version', value: '5.36.0-7+deb12u3' },
    ],
  });
  const result = {
    registryId: ACCOUNT,
    repositoryName: 'team/tagged',
    imageId: { imageDigest: digest },
    imageScanStatus: { status: 'COMPLETE', description: 'The scan was completed successfully.' },
    imageScanFindings: {
      // Seconds since 1970, as the API's protocol writes an instant.
      imageScanCompletedAt: Date.parse('2026-11-24T10:00:00Z') / 1000,
      vulnerabilitySourceUpdatedAt: Date.parse('2026-11-24T08:00:00Z') / 1000,
      findings: [finding('CVE-2026-13221', 'CRITICAL'), finding('CVE-2026-99999', 'LOW')],
      findingSeverityCounts: { CRITICAL: 1, LOW: 1 },
    },
  };
  const response = await fetch(`${endpoint}/moto-api/static/ecr/scan-finding-results`, {
    method: 'POST',
    body: JSON.stringify({ account_id: ACCOUNT, region: REGION, results: [result] }),
  });
  if (!response.ok) throw new Error(`moto did not take the scan: ${response.status}`);
}
