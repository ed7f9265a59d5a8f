/** Follows redirects, to listed hosts only: whoever can send us elsewhere can send us anything. */
import { CavendishError } from '../../../core/errors/error.ts';
import type { Http, HttpAnswer } from './http-get.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST = 5;

export interface Following {
  readonly http: Http;
  /** As in `URL.host`. */
  readonly hosts: ReadonlySet<string>;
}

/** @throws CavendishError `bad-input` where it leads to a host that is not listed, or from https to http; `unavailable` without an end */
export async function follow(
  start: URL,
  headers: Readonly<Record<string, string>>,
  { http, hosts }: Following,
  signal?: AbortSignal,
): Promise<HttpAnswer> {
  let url = start;
  for (let hops = 0; hops <= MOST; hops += 1) {
    const answer = await http.get(url, headers, signal);
    const { location } = answer.headers;
    if (!REDIRECTS.has(answer.status) || location === undefined) return answer;
    answer.close();
    url = target(location, url, hosts);
  }
  throw new CavendishError('unavailable', `${start.href} sends from one place to another without end`);
}

function target(location: string, from: URL, hosts: ReadonlySet<string>): URL {
  const url = URL.canParse(location, from.href) ? new URL(location, from) : null;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && from.protocol === 'http:');
  if (url !== null && safe && hosts.has(url.host)) return url;
  throw new CavendishError(
    'bad-input',
    `${from.host} sends to ${url === null ? 'what is no address' : `${url.protocol}//${url.host}`}, where nothing is fetched from`,
    { next: 'Where it has moved on purpose, add the host to "redirectHosts" of the feed addresses.' },
  );
}
