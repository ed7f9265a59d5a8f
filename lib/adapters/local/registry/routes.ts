/** The registry's API: which path is answered by what. */
import type { Clock } from '../../../pipeline/ports/clock.ts';
import type { RegisterStore } from '../../../pipeline/ports/register-store.ts';
import type { Answer } from './answer.ts';
import type { BlobStore } from './blob-store.ts';
import { blobHandler } from './blobs.ts';
import { registryCatalogue } from './catalogue.ts';
import { manifestHandlers } from './manifests.ts';
import type { Route } from './router.ts';
import type { Sessions } from './sessions.ts';
import { catalogHandler, tagsHandler } from './tags.ts';
import { uploadHandlers } from './uploads.ts';

interface Parts {
  readonly blobs: BlobStore;
  readonly sessions: Sessions;
  readonly store: RegisterStore;
  readonly now: Clock;
  readonly onPush: () => void;
}

export function registryRoutes({ blobs, sessions, store, now, onPush }: Parts): readonly Route[] {
  const catalogue = registryCatalogue(store);
  const uploads = uploadHandlers(sessions, blobs);
  const manifests = manifestHandlers({ blobs, catalogue, now, onPush });
  return [
    { path: /^\/v2\/?$/u, methods: { GET: ping } },
    { path: /^\/v2\/_catalog$/u, methods: { GET: catalogHandler(catalogue) } },
    { path: /^\/v2\/(?<name>.+)\/tags\/list$/u, methods: { GET: tagsHandler(catalogue) } },
    { path: /^\/v2\/(?<name>.+)\/blobs\/uploads\/?$/u, methods: { POST: uploads.start } },
    {
      path: /^\/v2\/(?<name>.+)\/blobs\/uploads\/(?<upload>[^/]+)$/u,
      methods: { GET: uploads.status, PATCH: uploads.append, PUT: uploads.finish, DELETE: uploads.cancel },
    },
    { path: /^\/v2\/(?<name>.+)\/blobs\/(?<digest>[^/]+)$/u, methods: { GET: blobHandler(blobs) } },
    {
      path: /^\/v2\/(?<name>.+)\/manifests\/(?<reference>[^/]+)$/u,
      methods: { GET: manifests.get, PUT: manifests.put },
    },
  ];
}

/** Tells a client that this is a registry, and that it wants no credentials. */
function ping(): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: new TextEncoder().encode('{}'),
  };
}
