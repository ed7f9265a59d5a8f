/** Events as ECR sends them (ECR User Guide, "Amazon ECR events and EventBridge"), put on the default bus. */
import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

import { ACCOUNT } from './environment.ts';
import type { Pushed } from './registry.ts';

export type EcrEvent = readonly [detailType: string, detail: Readonly<Record<string, unknown>>];

export function pushEvent(
  repository: string,
  { digest, mediaType }: Pushed,
  tag = '',
  artifactType?: string,
): EcrEvent {
  return [
    'ECR Image Action',
    {
      result: 'SUCCESS',
      'repository-name': repository,
      'image-digest': digest,
      'action-type': 'PUSH',
      'image-tag': tag,
      'manifest-media-type': mediaType,
      ...(artifactType !== undefined && { 'artifact-media-type': artifactType }),
    },
  ];
}

export function deleteEvent(repository: string, { digest }: Pushed, tag: string): EcrEvent {
  const about = { 'repository-name': repository, 'image-digest': digest, 'image-tag': tag };
  return ['ECR Image Action', { result: 'SUCCESS', ...about, 'action-type': 'DELETE' }];
}

export function replicationEvent(repository: string, { digest }: Pushed, tag: string): EcrEvent {
  return [
    'ECR Replication Action',
    {
      result: 'SUCCESS',
      'repository-name': repository,
      'image-digest': digest,
      'source-account': ACCOUNT,
      'action-type': 'REPLICATE',
      'source-region': 'us-west-2',
      'image-tag': tag,
    },
  ];
}

export function scanEvent(repository: string, { digest }: Pushed, tag: string): EcrEvent {
  return [
    'ECR Image Scan',
    {
      'scan-status': 'COMPLETE',
      'repository-name': repository,
      'finding-severity-counts': { CRITICAL: 1 },
      'image-digest': digest,
      'image-tags': [tag],
    },
  ];
}

/** @throws where the bus did not take one */
export async function putEvents(client: EventBridgeClient, events: readonly EcrEvent[]): Promise<void> {
  const Entries = events.map(([DetailType, detail]) => ({
    Source: 'aws.ecr',
    DetailType,
    Detail: JSON.stringify(detail),
    Time: new Date(),
  }));
  const { FailedEntryCount = 0 } = await client.send(new PutEventsCommand({ Entries }));
  if (FailedEntryCount > 0) throw new Error(`${FailedEntryCount} events were not taken`);
}
