/**
 * Pushes an OCI layout to a registry as any client would: each blob that the registry has not got,
 * then the manifests, and last the one that carries the tag.
 */
import { CavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import { type Descriptor, type ImageManifest, parseManifest } from '../../core/image/manifest.ts';
import { isForeignLayer } from '../../core/image/media-types.ts';
import { authorised } from './authorise.ts';
import { type CredentialSource, firstOf } from './credentials.ts';
import { type LayoutFolder, layoutFolder } from './layout-folder.ts';
import { type PushTarget, pushTarget } from './push-target.ts';
import { httpTransport, type TransportOptions } from './transport.ts';

export interface PushOptions extends TransportOptions {
  /** Host and port of the registry. */
  readonly address: string;
  readonly repository: string;
  readonly tag: string;
  /** The folder of the layout. */
  readonly layout: string;
  /** @default - none */
  readonly credentials?: CredentialSource;
}

export interface Pushed {
  readonly digest: Digest;
  readonly mediaType: string;
  /** Blobs that were sent, and those that the registry had already. */
  readonly sent: number;
  readonly held: number;
}

/** An index may hold indexes; more is nobody's image. */
const MAX_DEPTH = 3;

/**
 * @throws CavendishError `not-found`, `wrong-use`, `bad-input`, `integrity-failed` for the layout;
 *   `unavailable` where the registry does not answer or refuses, with what it says
 */
export async function pushImage(options: PushOptions): Promise<Pushed> {
  const { address, repository, tag, layout, credentials = firstOf(), ...transport } = options;
  const send = authorised(httpTransport(transport), credentials);
  const target = pushTarget(send, address, repository);
  const folder = layoutFolder(layout);
  const counts = { sent: 0, held: 0 };

  const root = await folder.pick(tag);
  const mediaType = await pushManifest(folder, target, root, tag, counts, 1);
  return { digest: root.digest, mediaType, ...counts };
}

async function pushManifest(
  folder: LayoutFolder,
  target: PushTarget,
  { digest, mediaType }: Descriptor,
  reference: string,
  counts: { sent: number; held: number },
  depth: number,
): Promise<string> {
  const bytes = await folder.manifest(digest);
  const manifest = parseManifest(bytes, mediaType);
  if (manifest.kind === 'index') {
    if (depth > MAX_DEPTH) throw new CavendishError('limit-exceeded', `indexes are nested more than ${MAX_DEPTH} deep`);
    for (const entry of manifest.manifests) {
      await pushManifest(folder, target, entry, entry.digest, counts, depth + 1);
    }
  } else {
    await pushBlobs(folder, target, manifest, counts);
  }
  await target.putManifest(reference, bytes, manifest.mediaType);
  return manifest.mediaType;
}

async function pushBlobs(
  folder: LayoutFolder,
  target: PushTarget,
  { config, layers }: ImageManifest,
  counts: { sent: number; held: number },
): Promise<void> {
  for (const { digest, mediaType } of [config, ...layers]) {
    if (isForeignLayer(mediaType) && !(await folder.has(digest))) continue;
    if (await target.hasBlob(digest)) {
      counts.held += 1;
      continue;
    }
    if (!(await folder.has(digest))) throw new CavendishError('not-found', `the layout has no blob ${digest}`);
    await target.putBlob(digest, () => folder.stream(digest));
    counts.sent += 1;
  }
}
