/**
 * Signing in to ECR's registries over the distribution API: user `AWS`, and an authorisation token that
 * is good for twelve hours ("GetAuthorizationToken", ECR API Reference).
 */
import { GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';

import { CavendishError } from '../../../core/errors/error.ts';
import { askAws } from '../failures.ts';
import { ecrHost, type EcrRegistries, type EcrRegistry } from './registries.ts';

interface Credentials {
  readonly username: string;
  readonly password: string;
}

interface Options {
  readonly registries: EcrRegistries;
  /** Host and port at which every registry is reached, in place of ECR's own (tests). */
  readonly endpoint: string | undefined;
  readonly now: () => Date;
}

/** A token is asked for anew so long before it ends, in milliseconds: a pull takes minutes. */
const MARGIN = 15 * 60 * 1000;

/**
 * @returns what gives the credentials for a host; null for a host that is none of the registries'. At
 *   an endpoint, those of the first registry
 */
export function ecrCredentials({ registries, endpoint, now }: Options): (host: string) => Promise<Credentials | null> {
  const held = new Map<string, { readonly credentials: Credentials; readonly until: number }>();

  return async (host) => {
    const registry = host === endpoint ? registries.all[0] : registries.all.find((one) => ecrHost(one) === host);
    if (registry === undefined) return null;
    const known = held.get(host);
    if (known !== undefined && known.until > now().getTime()) return known.credentials;
    const { credentials, expires } = await askForToken(registry, registries);
    held.set(host, { credentials, until: expires - MARGIN });
    return credentials;
  };
}

async function askForToken(registry: EcrRegistry, registries: EcrRegistries) {
  const client = registries.client(registry);
  const { authorizationData: [given] = [] } = await askAws('ecr:GetAuthorizationToken', () =>
    client.send(new GetAuthorizationTokenCommand({})),
  );
  const text = Buffer.from(given?.authorizationToken ?? '', 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) throw new CavendishError('unavailable', `ECR gave no token for the registry of ${registry.account}`);
  return {
    credentials: { username: text.slice(0, colon), password: text.slice(colon + 1) },
    // Without an end it counts as ended: asked for each time.
    expires: given?.expiresAt?.getTime() ?? 0,
  };
}
