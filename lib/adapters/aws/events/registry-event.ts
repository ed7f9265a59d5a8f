/**
 * Events of Amazon ECR, as EventBridge brings them ("Amazon ECR events and EventBridge", ECR User Guide).
 *
 * What is not known is never passed over: an event of another type or with another member is an error,
 * and its message a dead letter. What is known and says nothing of an image is ignored by name.
 */
import { z } from 'zod';

import { CavendishError } from '../../../core/errors/error.ts';
import { isRepository, isTag } from '../../../core/image/reference.ts';
import { digestSchema } from '../../../core/image/schemas.ts';
import type { RegistryEvent } from '../../../pipeline/ports/registry-event.ts';
import { type Envelope, readEnvelope, readPart } from './envelope.ts';

/** Events that say nothing about an image of a repository, and why. */
const OF_NO_INTEREST: Readonly<Record<string, string>> = {
  'ECR Referrer Action': 'a referrer (signature, SBOM, attestation) is no image',
  'ECR Scan Resource Change': 'a setting of scanning was changed',
};

const repositoryName = z.string().refine(isRepository, 'not a repository');
/** Untagged pushes leave it out, or empty. */
const tag = z
  .union([z.literal('').transform(() => null), z.string().refine(isTag, 'not a tag')])
  .nullable()
  .default(null);

const common = {
  'repository-name': repositoryName,
  'image-digest': digestSchema,
  'image-tag': tag,
  'artifact-media-type': z.string().max(255).nullable().default(null),
};
const result = z.enum(['SUCCESS', 'FAILURE', 'FAILED']);

const imageAction = z.discriminatedUnion('action-type', [
  z.object({ ...common, result, 'action-type': z.enum(['PUSH', 'DELETE']) }),
  z.object({
    ...common,
    result: result.default('SUCCESS'),
    'action-type': z.literal('UPDATE_STORAGE_CLASS'),
    'target-storage-class': z.enum(['ARCHIVE', 'STANDARD']),
  }),
]);
const replication = z.object({ ...common, result, 'action-type': z.literal('REPLICATE') });
const pullThrough = z.object({
  'sync-status': z.enum(['SUCCESS', 'FAILURE', 'FAILED']),
  'failure-code': z.string().max(200).optional(),
});
const scan = z.object({ ...common, 'scan-status': z.enum(['COMPLETE', 'FAILED']) });

type Detail = Readonly<{
  'repository-name': string;
  'image-digest': z.output<typeof digestSchema>;
  'image-tag': string | null;
}>;

/**
 * Reads an event.
 *
 * @throws CavendishError `bad-input` that names what is wrong, `unsupported` for an event of a type or
 *   source that nothing here reads
 */
export function readRegistryEvent(event: unknown): RegistryEvent {
  const envelope = readEnvelope(event);
  const { id, source, 'detail-type': type, detail } = envelope;
  if (source !== 'aws.ecr') throw unread(`events of ${source}`);
  if (Object.hasOwn(OF_NO_INTEREST, type)) return { kind: 'ignored', id, why: OF_NO_INTEREST[type] ?? type };
  const what = `the detail of ${type}`;
  switch (type) {
    case 'ECR Image Action':
      return ofAction(envelope, readPart(detail, imageAction, what));
    case 'ECR Replication Action': {
      const read = readPart(detail, replication, what);
      if (read.result !== 'SUCCESS') return { kind: 'ignored', id, why: 'the replication failed: nothing arrived' };
      return pushed(envelope, read, 'replication');
    }
    case 'ECR Pull Through Cache Action': {
      const { 'sync-status': status, 'failure-code': code } = readPart(detail, pullThrough, what);
      if (status !== 'SUCCESS') {
        return { kind: 'ignored', id, why: `the pull through the cache failed (${code ?? 'no reason given'})` };
      }
      return pushed(envelope, readPart(detail, z.object(common), what), 'pull-through');
    }
    case 'ECR Image Scan':
      return { kind: 'scanned', ...ofImage(envelope, readPart(detail, scan, what)) };
    default:
      throw unread(`the event "${type}" of ECR`);
  }
}

function ofAction(envelope: Envelope, read: z.output<typeof imageAction>): RegistryEvent {
  const { id } = envelope;
  if (read.result !== 'SUCCESS') return { kind: 'ignored', id, why: `the ${read['action-type']} failed` };
  if ('target-storage-class' in read) {
    if (read['target-storage-class'] === 'STANDARD') return pushed(envelope, read, 'restore');
    return { kind: 'gone', how: 'archived', ...ofImage(envelope, read) };
  }
  if (read['action-type'] === 'PUSH') return pushed(envelope, read, 'push');
  return { kind: 'gone', how: 'deleted', ...ofImage(envelope, read) };
}

function pushed(
  envelope: Envelope,
  detail: Detail & { readonly 'artifact-media-type': string | null },
  how: Extract<RegistryEvent, { kind: 'pushed' }>['how'],
): RegistryEvent {
  return { kind: 'pushed', how, artifactType: detail['artifact-media-type'], ...ofImage(envelope, detail) };
}

function ofImage({ id, account, region, time }: Envelope, detail: Detail) {
  return {
    id,
    at: time,
    repository: { account, region, registry: 'ecr', repository: detail['repository-name'] },
    digest: detail['image-digest'],
    tag: detail['image-tag'],
  };
}

function unread(what: string): CavendishError {
  return new CavendishError('unsupported', `nothing here reads ${what}`, {
    next: 'A newer Cavendish may read it: update, then send it again with cavendish dead-letters redrive.',
  });
}
