import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { readRegistryEvent } from '../../../../lib/adapters/aws/events/registry-event.ts';

const DIGEST = `sha256:${'ab'.repeat(32)}`;

interface Given {
  readonly type?: string;
  readonly source?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly [member: string]: unknown;
}

function anEvent({ type = 'ECR Image Action', source = 'aws.ecr', detail = {}, ...rest }: Given = {}): unknown {
  return {
    ...{ version: '0', id: '13cde686-328b-6117-af20-0e5566167482', account: '123456789012', region: 'eu-west-1' },
    ...{ 'detail-type': type, source, time: '2026-11-24T10:00:00Z', resources: [] },
    detail: { 'repository-name': 'team/app', 'image-digest': DIGEST, ...detail },
    ...rest,
  };
}

const PUSH = { result: 'SUCCESS', 'action-type': 'PUSH', 'image-tag': '1.0' };

describe('readRegistryEvent', () => {
  it('reads a push: where, what, when, under which tag', () => {
    expect(readRegistryEvent(anEvent({ detail: PUSH }))).toEqual({
      kind: 'pushed',
      how: 'push',
      id: '13cde686-328b-6117-af20-0e5566167482',
      at: '2026-11-24T10:00:00.000Z',
      repository: { account: '123456789012', region: 'eu-west-1', registry: 'ecr', repository: 'team/app' },
      digest: DIGEST,
      tag: '1.0',
      artifactType: null,
    });
  });

  it.each([
    ['left out', {}],
    ['empty', { 'image-tag': '' }],
    ['null', { 'image-tag': null }],
  ])('knows a push without a tag by a tag that is %s', (_how, tag) => {
    const detail = { result: 'SUCCESS', 'action-type': 'PUSH', ...tag };
    expect(readRegistryEvent(anEvent({ detail }))).toMatchObject({ kind: 'pushed', tag: null });
  });

  const COLD = { 'action-type': 'UPDATE_STORAGE_CLASS', 'manifest-media-type': 'm', 'artifact-media-type': 'a' };
  it.each([
    ['a deletion', { ...PUSH, 'action-type': 'DELETE' }, undefined, { kind: 'gone', how: 'deleted', tag: '1.0' }],
    ['an archival', { ...COLD, 'target-storage-class': 'ARCHIVE' }, undefined, { kind: 'gone', how: 'archived' }],
    [
      'a restoration',
      { ...COLD, 'target-storage-class': 'STANDARD', 'last-activated-at': 'x' },
      undefined,
      { kind: 'pushed', how: 'restore', artifactType: 'a' },
    ],
    [
      'a replication that arrived',
      { result: 'SUCCESS', 'action-type': 'REPLICATE', 'source-account': '1', 'source-region': 'r', 'image-tag': '1' },
      'ECR Replication Action',
      { kind: 'pushed', how: 'replication', tag: '1' },
    ],
    [
      'a pull through the cache',
      { 'sync-status': 'SUCCESS', 'image-tag': '3', 'upstream-registry-url': 'public.ecr.aws' },
      'ECR Pull Through Cache Action',
      { kind: 'pushed', how: 'pull-through', tag: '3' },
    ],
    [
      'a scan, of which only the non-zero counts are said',
      { 'scan-status': 'COMPLETE', 'finding-severity-counts': { HIGH: 1 }, 'image-tags': [] },
      'ECR Image Scan',
      { kind: 'scanned', digest: DIGEST },
    ],
    ['a scan that failed', { 'scan-status': 'FAILED', 'image-tags': [] }, 'ECR Image Scan', { kind: 'scanned' }],
  ])('reads %s', (_what, detail, type, expected) => {
    const event = anEvent({ detail, ...(type !== undefined && { type }) });
    expect(readRegistryEvent(event)).toMatchObject(expected);
  });

  it.each([
    ['a push that failed', { ...PUSH, result: 'FAILURE' }, 'ECR Image Action', 'the PUSH failed'],
    [
      'a replication that failed',
      { result: 'FAILED', 'action-type': 'REPLICATE' },
      'ECR Replication Action',
      'the replication failed: nothing arrived',
    ],
    [
      'a failed pull through the cache, which names no digest',
      { 'sync-status': 'FAILURE', 'failure-code': 'TooLarge', 'image-digest': undefined },
      'ECR Pull Through Cache Action',
      'the pull through the cache failed (TooLarge)',
    ],
    ['a referrer', {}, 'ECR Referrer Action', 'a referrer (signature, SBOM, attestation) is no image'],
    ['a change of scanning', {}, 'ECR Scan Resource Change', 'a setting of scanning was changed'],
  ])('ignores %s by name', (_what, detail, type, why) => {
    expect(readRegistryEvent(anEvent({ detail, type }))).toMatchObject({ kind: 'ignored', why });
  });

  it.each([
    ['text', 'x', 'the event is not what it should be: '],
    ['nothing', null, 'the event is not what it should be: '],
    ['no account', anEvent({ detail: PUSH, account: 'me' }), 'at account: not an account number'],
    ['no time', anEvent({ detail: PUSH, time: 'soon' }), 'at time: not a date and time'],
    ['a Region that would lead elsewhere', anEvent({ detail: PUSH, region: 'x.evil/' }), 'at region: not a Region'],
    [
      'a repository that is none',
      anEvent({ detail: { ...PUSH, 'repository-name': '../x' } }),
      'the detail of ECR Image Action is not what it should be at repository-name: not a repository',
    ],
    ['a tag of two lines', anEvent({ detail: { ...PUSH, 'image-tag': 'a\nb' } }), 'at image-tag: '],
    ['an unknown result', anEvent({ detail: { ...PUSH, result: 'PERHAPS' } }), 'at result: '],
    ['an action that is not known', anEvent({ detail: { ...PUSH, 'action-type': 'RENAME' } }), 'at action-type: '],
    [
      'a storage class that is not known',
      anEvent({ detail: { ...COLD, 'target-storage-class': 'GLACIER' } }),
      'at target-storage-class: ',
    ],
    ['no detail', { ...(anEvent() as object), detail: 1 }, 'at detail: '],
  ])('refuses %s and names it', (_what, event, says) => {
    expect(() => readRegistryEvent(event)).toThrow(expect.objectContaining({ code: 'bad-input' }));
    expect(() => readRegistryEvent(event)).toThrow(says);
  });

  it('refuses the sample of the documentation, whose digest has 58 digits', () => {
    const file = join(import.meta.dirname, '../../../fixtures/aws/ecr-image-action-push.json');
    expect(() => readRegistryEvent(JSON.parse(readFileSync(file, 'utf8')))).toThrow('at image-digest: not a digest');
  });

  it.each([
    ['another source', anEvent({ detail: PUSH, source: 'aws.s3' }), 'events of aws.s3'],
    ['an event that ECR did not have yet', anEvent({ type: 'ECR Image Moved' }), 'the event "ECR Image Moved" of ECR'],
  ])('never passes over %s', (_what, event, says) => {
    expect(() => readRegistryEvent(event)).toThrow(expect.objectContaining({ code: 'unsupported' }));
    expect(() => readRegistryEvent(event)).toThrow(says);
  });
});
