/** What went wrong on the way to a registry, in words. */
import { CavendishError } from '../../core/errors/error.ts';

const MEANINGS: Readonly<Record<string, { readonly what: string; readonly passing: boolean }>> = {
  ECONNREFUSED: { what: 'nothing listens there', passing: false },
  ENOTFOUND: { what: 'there is no such host', passing: false },
  EAI_AGAIN: { what: 'its name can not be looked up', passing: true },
  ECONNRESET: { what: 'the connection was cut', passing: true },
  ETIMEDOUT: { what: 'it does not answer', passing: true },
  EHOSTUNREACH: { what: 'there is no way to it', passing: false },
  ENETUNREACH: { what: 'there is no way to it', passing: false },
  UND_ERR_SOCKET: { what: 'the connection was cut', passing: true },
  UND_ERR_CONNECT_TIMEOUT: { what: 'it does not answer', passing: true },
  CERT_HAS_EXPIRED: { what: 'its certificate has expired', passing: false },
  DEPTH_ZERO_SELF_SIGNED_CERT: { what: 'its certificate is signed by nobody known', passing: false },
  SELF_SIGNED_CERT_IN_CHAIN: { what: 'its certificate is signed by nobody known', passing: false },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { what: 'its certificate is signed by nobody known', passing: false },
};

interface Failure {
  readonly error: CavendishError;
  /** Whether another try may go better. */
  readonly passing: boolean;
}

/** Explains why a request got no answer, or only a part of one. */
export function unreachable(error: unknown, { host }: URL): Failure {
  const code = codeOf(error);
  const meaning = MEANINGS[code ?? ''] ?? { what: innermost(error), passing: true };
  return {
    passing: meaning.passing,
    error: new CavendishError('unavailable', `${host} can not be reached: ${meaning.what}`, {
      next: 'Check the address, and that the registry runs.',
      cause: error,
    }),
  };
}

/** The code that Node and its fetch give to failures: `ECONNREFUSED`, `ENOENT`; undefined where there is none. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** fetch wraps what happened, and for a name with several addresses the failure of each. */
function causes(error: unknown): readonly object[] {
  if (typeof error !== 'object' || error === null) return [];
  const several: readonly unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  const inner = 'cause' in error ? [error.cause, ...several] : several;
  return [error, ...inner.flatMap(causes)];
}

function codeOf(error: unknown): string | undefined {
  return causes(error)
    .map(errorCode)
    .findLast((code) => code !== undefined && Object.hasOwn(MEANINGS, code));
}

function innermost(error: unknown): string {
  const messages = causes(error).map((cause) => ('message' in cause ? String(cause.message) : ''));
  return messages.findLast((message) => message !== '') ?? 'for no known reason';
}
