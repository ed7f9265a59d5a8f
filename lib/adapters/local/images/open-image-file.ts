/**
 * Images on disk: an OCI layout (folder or tar), an archive of `docker save`, or a stream of either.
 * What it is is told by what is in it.
 */
import { CavendishError } from '../../../core/errors/error.ts';
import type { OpenedImages } from '../../../pipeline/ports/image-source.ts';
import { MANIFEST_FILE, openSaved } from './docker-archive.ts';
import type { Files } from './files.ts';
import { LAYOUT_FILE, openLayout } from './oci-layout.ts';
import { type ImageFile, openFiles } from './open-files.ts';

/**
 * Opens the images of a path, or of the bytes of an archive; gzipped or not. `close` lets go of the
 * files, and removes what was spooled to read them.
 *
 * @throws CavendishError `not-found`, `bad-input`, `integrity-failed`, `limit-exceeded`,
 *   `unsupported`, `unavailable`, `storage-full`
 */
export async function openImageFile(what: ImageFile): Promise<OpenedImages> {
  const files = await openFiles(what);
  try {
    return await openEither(files);
  } catch (error) {
    await files.close();
    throw error;
  }
}

/** Newer archives of `docker save` are both: the layout says more. */
async function openEither(files: Files): Promise<OpenedImages> {
  if ((await files.size(LAYOUT_FILE)) !== null) return openLayout(files);
  if ((await files.size(MANIFEST_FILE)) !== null) return openSaved(files);
  throw new CavendishError('bad-input', `${files.name} is neither an OCI layout nor an archive of docker save`, {
    next: `A layout has a file ${LAYOUT_FILE}, an archive of docker save a file ${MANIFEST_FILE}.`,
  });
}
