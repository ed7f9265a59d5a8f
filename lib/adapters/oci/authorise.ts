/**
 * Signing in to registries, as they ask for it (distribution specification, "Token Authentication";
 * RFC 7617 for Basic).
 *
 * Nothing is sent until a registry asks. A token is kept until it is refused: then a new one is
 * fetched, once.
 */
import { z } from 'zod';

import { CavendishError } from '../../core/errors/error.ts';
import { discard, readBody } from './body.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import type { Credentials, CredentialSource } from './credentials.ts';
import { isLoopback } from './endpoint.ts';
import type { HttpRequest, HttpResponse, Transport } from './transport.ts';

export interface Scope {
  /** Host and port, as in a reference. */
  readonly registry: string;
  readonly repository: string;
  readonly actions: 'pull' | 'pull,push';
}

/** Sends a request, signed in for a scope where the registry wants that. */
export type Send = (scope: Scope, url: URL, request?: HttpRequest) => Promise<HttpResponse>;

const MAX_TOKEN_BYTES = 256 * 1024;
const tokenAnswer = z
  .object({ token: z.string().min(1).optional(), access_token: z.string().min(1).optional() })
  .transform(({ token, access_token }) => token ?? access_token)
  .pipe(z.string());

export function authorised(transport: Transport, credentials: CredentialSource): Send {
  /** By registry and scope: the value of the Authorization header. */
  const held = new Map<string, string>();

  return async (scope, url, request = {}) => {
    const key = `${scope.registry} ${scope.repository} ${scope.actions}`;
    const first = await transport(url, signed(request, held.get(key)));
    if (first.response.status !== 401 || first.url.origin !== url.origin) return first;

    await discard(first);
    held.delete(key);
    const challenges = parseChallenges(first.response.headers.get('www-authenticate') ?? '');
    const authorization = await answerTo(challenges, scope, request.signal);
    if (authorization === null) return first;
    held.set(key, authorization);
    return transport(url, signed(request, authorization));
  };

  async function answerTo(
    challenges: readonly Challenge[],
    scope: Scope,
    signal: AbortSignal | undefined,
  ): Promise<string | null> {
    const known = await credentials(scope.registry);
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    if (bearer !== undefined) return `Bearer ${await fetchToken(bearer, scope, known, signal)}`;
    const basic = challenges.some(({ scheme }) => scheme === 'basic');
    return basic && known !== null ? basicOf(known) : null;
  }

  async function fetchToken(
    { params }: Challenge,
    { registry, repository, actions }: Scope,
    known: Credentials | null,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const url = realmOf(params['realm'] ?? '', registry);
    if (params['service'] !== undefined) url.searchParams.set('service', params['service']);
    url.searchParams.set('scope', `repository:${repository}:${actions}`);

    const answer = await transport(url, {
      ...(known !== null && { headers: { authorization: basicOf(known) } }),
      ...(signal !== undefined && { signal }),
    });
    if (!answer.response.ok) {
      await discard(answer);
      throw refused(registry, repository, `${url.host} gave no token (${answer.response.status})`);
    }
    return readToken(await readBody(answer, MAX_TOKEN_BYTES, 'the token'), registry, url.host);
  }
}

/** @returns the error for a registry that does not let us in */
export function refused(registry: string, repository: string, why: string): CavendishError {
  return new CavendishError('unavailable', `${registry} does not let us read ${repository}: ${why}`, {
    next: `Log in with \`docker login ${registry}\`, or set CAVENDISH_REGISTRY and its name and password; credential helpers are not run.`,
  });
}

function signed(request: HttpRequest, authorization: string | undefined): HttpRequest {
  return authorization === undefined ? request : { ...request, headers: { ...request.headers, authorization } };
}

function basicOf({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

/** Where tokens are given: never in the clear over a network. */
function realmOf(realm: string, registry: string): URL {
  const url = URL.canParse(realm) ? new URL(realm) : null;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url))) return url;
  throw new CavendishError('unavailable', `${registry} asks to sign in at "${realm}", which is no safe address`);
}

function readToken(bytes: Uint8Array, registry: string, host: string): string {
  try {
    return tokenAnswer.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (cause) {
    throw new CavendishError('unavailable', `${host} gave no token for ${registry} that can be read`, { cause });
  }
}
