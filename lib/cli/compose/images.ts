/** Opens what a person names: a path that is there, standard input, or else an image reference. */
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { explainFile, fileErrorCode } from '../../adapters/local/home/file-failures.ts';
import { openImageFile } from '../../adapters/local/images/open-image-file.ts';
import { dockerConfigCredentials, environmentCredentials, firstOf } from '../../adapters/oci/credentials.ts';
import { ociRegistry } from '../../adapters/oci/registry-source.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { ImageSource, OpenedImages } from '../../pipeline/ports/image-source.ts';
import type { Io } from '../io.ts';

export interface NamedImages extends OpenedImages {
  /** False for a layout or an archive: its path says nothing of where the image stands. */
  readonly fromRegistry: boolean;
}

export async function openImages(what: string, io: Pick<Io, 'stdin' | 'env'>): Promise<NamedImages> {
  if (what === '-') return { ...(await openImageFile(io.stdin)), fromRegistry: false };
  if (await isThere(what)) return { ...(await openImageFile(what)), fromRegistry: false };
  if (/^[./~]/u.test(what) || /\.(?:tar|tgz|gz)$/u.test(what)) {
    throw new CavendishError('not-found', `there is no file or folder ${what}`, {
      next: 'Name an OCI layout, a docker-archive, or an image reference.',
    });
  }
  return { ...(await registries(io.env).open(what)), fromRegistry: true };
}

/** Any registry, with the credentials of the environment or those that docker keeps. */
export function registries(env: Io['env']): ImageSource {
  const folder = env['DOCKER_CONFIG'] ?? join(homedir(), '.docker');
  return ociRegistry({
    credentials: firstOf(environmentCredentials(env), dockerConfigCredentials(join(folder, 'config.json'))),
  });
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(fileErrorCode(error) ?? '')) return false;
    throw explainFile(error, path);
  }
}
