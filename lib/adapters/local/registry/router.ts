/** Which handler a method and a path mean (OCI distribution specification, "Endpoints"). */
import type { Handler } from './answer.ts';
import { Refusal } from './errors.ts';

export interface Route {
  /** Its named groups become the params of the call. */
  readonly path: RegExp;
  /** By method; GET answers HEAD too. */
  readonly methods: Readonly<Record<string, Handler>>;
}

interface Found {
  readonly handler: Handler;
  readonly params: Readonly<Record<string, string>>;
}

/** @throws Refusal UNSUPPORTED: 404 where nothing has that path, 405 where it has not that method */
export function route(routes: readonly Route[], method: string, path: string): Found {
  for (const { path: pattern, methods } of routes) {
    const match = pattern.exec(path);
    if (match === null) continue;

    const handler = Object.hasOwn(methods, method) ? methods[method] : undefined;
    const forHead = method === 'HEAD' ? methods['GET'] : undefined;
    const found = handler ?? forHead;
    if (found === undefined) {
      throw new Refusal('UNSUPPORTED', `${method} is not supported here`, {
        headers: { allow: Object.keys(methods).join(', ') },
      });
    }
    return { handler: found, params: decoded(match.groups ?? {}) };
  }
  throw new Refusal('UNSUPPORTED', `there is nothing at ${path}`, { status: 404 });
}

/** Clients may escape the colon of a digest. */
function decoded(groups: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, unescaped(value)]));
}

function unescaped(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // A broken escape stays as it is: no name's grammar takes a percent sign.
    return value;
  }
}
