/** Credentials for registries: from variables, or from the file that `docker login` writes. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

import { CavendishError } from '../../core/errors/error.ts';
import { DEFAULT_REGISTRY } from '../../core/image/reference.ts';
import { errorCode } from './failures.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Looks up the credentials for a registry (host and port, as in a reference); null where there are none. */
export type CredentialSource = (registry: string) => Credentials | null | Promise<Credentials | null>;

/** How `docker login` names Docker Hub. */
const DOCKER_HUB_KEY = 'https://index.docker.io/v1/';

const configFile = z.object({
  auths: z
    .record(
      z.string(),
      z.object({ auth: z.string().optional(), username: z.string().optional(), password: z.string().optional() }),
    )
    .optional(),
});

/**
 * One registry's credentials, from `CAVENDISH_REGISTRY`, `CAVENDISH_REGISTRY_USERNAME` and
 * `CAVENDISH_REGISTRY_PASSWORD`. They go to the registry that the variables name and to no other.
 */
export function environmentCredentials(environment: Readonly<Record<string, string | undefined>>): CredentialSource {
  return (registry) => {
    const username = environment['CAVENDISH_REGISTRY_USERNAME'];
    const password = environment['CAVENDISH_REGISTRY_PASSWORD'];
    if (username === undefined || password === undefined) return null;
    return environment['CAVENDISH_REGISTRY'] === registry ? { username, password } : null;
  };
}

/**
 * The credentials that a Docker configuration file holds itself. Credential helpers are programs,
 * and Cavendish runs none.
 *
 * @throws CavendishError `bad-input` where the file is there and can't be read
 */
export function dockerConfigCredentials(file: string): CredentialSource {
  return async (registry) => {
    const { auths = {} } = await readConfig(file);
    const keys =
      registry === DEFAULT_REGISTRY
        ? [DOCKER_HUB_KEY, registry]
        : [registry, `https://${registry}`, `http://${registry}`];
    for (const key of keys) {
      const entry = Object.hasOwn(auths, key) ? auths[key] : undefined;
      if (entry === undefined) continue;
      if (entry.username !== undefined && entry.password !== undefined) {
        return { username: entry.username, password: entry.password };
      }
      if (entry.auth !== undefined && entry.auth !== '') return decode(entry.auth, file, key);
    }
    return null;
  };
}

/** Asks one source after another. */
export function firstOf(...sources: readonly CredentialSource[]): CredentialSource {
  return async (registry) => {
    for (const source of sources) {
      const found = await source(registry);
      if (found !== null) return found;
    }
    return null;
  };
}

async function readConfig(file: string): Promise<z.output<typeof configFile>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return {};
    throw unreadable(file, 'it can not be read', error);
  }
  try {
    return configFile.parse(JSON.parse(text));
  } catch (error) {
    throw unreadable(file, 'it is not a Docker configuration', error);
  }
}

function decode(auth: string, file: string, key: string): Credentials {
  const text = Buffer.from(auth, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) throw unreadable(file, `its entry for ${key} is not a name and a password`);
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function unreadable(file: string, why: string, cause?: unknown): CavendishError {
  return new CavendishError('bad-input', `the credentials in ${file}: ${why}`, {
    next: 'Log in again with `docker login`, or move the file away.',
    cause,
  });
}
