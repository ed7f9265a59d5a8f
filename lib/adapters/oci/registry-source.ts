/** Images from any registry that speaks the OCI distribution API. */
import { findImages } from '../../core/image/find-images.ts';
import { parseReference } from '../../core/image/reference.ts';
import type { ImageSource } from '../../pipeline/ports/image-source.ts';
import { authorised } from './authorise.ts';
import { type CredentialSource, dockerConfigCredentials, firstOf } from './credentials.ts';
import { registryApi } from './registry-api.ts';
import { httpTransport, type TransportOptions } from './transport.ts';

export interface RegistrySourceOptions extends TransportOptions {
  /** Asked first. @default - none: registries are read without signing in */
  readonly credentials?: CredentialSource;
  /** The file that `docker login` writes. @default - not read */
  readonly dockerConfig?: string;
}

/**
 * Opens references such as `127.0.0.1:5480/team/app:1.2`: over plain HTTP on loopback, over HTTPS
 * elsewhere. A digest in the reference goes before its tag.
 */
export function ociRegistry({ credentials, dockerConfig, ...options }: RegistrySourceOptions = {}): ImageSource {
  const sources = [
    ...(credentials === undefined ? [] : [credentials]),
    ...(dockerConfig === undefined ? [] : [dockerConfigCredentials(dockerConfig)]),
  ];
  const send = authorised(httpTransport(options), firstOf(...sources));
  return {
    open: async (what) => {
      const { registry, repository, tag, digest } = parseReference(what);
      const api = registryApi(send, registry, repository);
      const ended = new AbortController();

      const root = await api.manifest(digest ?? tag ?? 'latest', ended.signal);
      return {
        reference: what,
        ...(await findImages(api, root, { signal: ended.signal })),
        close: () => {
          ended.abort(new Error(`${what} was closed`));
          return Promise.resolve();
        },
      };
    },
  };
}
