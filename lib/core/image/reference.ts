/**
 * References: what people call an image.
 *
 * `[host[:port]/]name[:tag][@digest]`, by the grammar of the distribution project (reference.md)
 * and the OCI distribution specification ("Pulling manifests"), with Docker's habits: no host is
 * `docker.io`, a bare name there is under `library/`, and neither tag nor digest is `latest`.
 */
import { CavendishError } from '../errors/error.ts';
import { type Digest, isDigest } from './digest.ts';

export interface ImageReference {
  /** Host and port, as written: `docker.io`, `127.0.0.1:5480`, `[::1]:5480`. */
  readonly registry: string;
  readonly repository: string;
  /** Null where only a digest was given. */
  readonly tag: string | null;
  readonly digest: Digest | null;
}

export const DEFAULT_REGISTRY = 'docker.io';
const DEFAULT_TAG = 'latest';

/** Host, port and repository together: the bound of the distribution project. */
const MAX_NAME = 255;
const COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/u;
const TAG = /^\w[\w.-]{0,127}$/u;
const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const HOST = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[0-9a-fA-F:]+\\])(?::[0-9]{1,5})?$`, 'u');

const FORM = 'An image is written [host[:port]/]name[:tag][@sha256:…], its name in lower case.';

export function isRepository(text: string): boolean {
  return text.length <= MAX_NAME && text.split('/').every((component) => COMPONENT.test(component));
}

export function isTag(text: string): boolean {
  return TAG.test(text);
}

/**
 * Reads a reference.
 *
 * @throws CavendishError `bad-input`, naming the part that is wrong
 */
export function parseReference(text: string): ImageReference {
  const at = text.indexOf('@');
  const named = at === -1 ? text : text.slice(0, at);
  const digest = at === -1 ? null : readDigest(text, text.slice(at + 1));

  const colon = named.lastIndexOf(':');
  const tagged = colon > named.lastIndexOf('/') && colon !== -1;
  const tag = tagged ? readTag(text, named.slice(colon + 1)) : digest === null ? DEFAULT_TAG : null;

  return { ...readName(text, tagged ? named.slice(0, colon) : named), tag, digest };
}

/** One line that {@link parseReference} reads back. */
export function referenceName({ registry, repository, tag, digest }: ImageReference): string {
  return `${registry}/${repository}${tag === null ? '' : `:${tag}`}${digest === null ? '' : `@${digest}`}`;
}

function readDigest(whole: string, text: string): Digest {
  if (isDigest(text)) return text;
  throw refused(whole, `"${text}" is not a digest`, 'A digest is sha256: and 64 hexadecimal digits, in lower case.');
}

function readTag(whole: string, text: string): string {
  if (isTag(text)) return text;
  throw refused(whole, `"${text}" is not a tag`, 'A tag has 1 to 128 letters, digits, dots, dashes or underscores.');
}

function readName(whole: string, name: string): Pick<ImageReference, 'registry' | 'repository'> {
  const slash = name.indexOf('/');
  const first = name.slice(0, slash);
  const hasHost = slash !== -1 && looksLikeHost(first);
  const registry = hasHost ? canonicalHost(whole, first) : DEFAULT_REGISTRY;
  const rest = hasHost ? name.slice(slash + 1) : name;

  if (rest === '') throw refused(whole, 'it names no repository', FORM);
  const repository = registry === DEFAULT_REGISTRY && !rest.includes('/') ? `library/${rest}` : rest;
  if (!isRepository(repository)) throw refused(whole, `"${rest}" is not a repository`, FORM);
  if (registry.length + 1 + repository.length > MAX_NAME) {
    throw refused(whole, `its name is longer than ${MAX_NAME} characters`, FORM);
  }
  return { registry, repository };
}

/** Docker's rule: a first part with a dot, a colon or a capital, or `localhost`, is a host. */
function looksLikeHost(part: string): boolean {
  return part === 'localhost' || /[.:[\]A-Z]/u.test(part);
}

function canonicalHost(whole: string, host: string): string {
  if (!HOST.test(host)) throw refused(whole, `"${host}" is not a host`, FORM);
  return host === `index.${DEFAULT_REGISTRY}` ? DEFAULT_REGISTRY : host;
}

function refused(whole: string, why: string, next: string): CavendishError {
  return new CavendishError('bad-input', `"${clip(whole)}" is not an image reference: ${clip(why)}`, { next });
}

function clip(text: string): string {
  return text.length > 2 * MAX_NAME ? `${text.slice(0, MAX_NAME)}…` : text;
}
