/** Where the registry of a reference is reached. */
import { DEFAULT_REGISTRY } from '../../core/image/reference.ts';

/** Docker Hub's name in references is not the name of its API. */
const DOCKER_HUB_API = 'registry-1.docker.io';
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u;

/** Plain HTTP on loopback, where nobody listens in; HTTPS everywhere else. */
export function endpointOf(registry: string): URL {
  if (registry === DEFAULT_REGISTRY) return new URL(`https://${DOCKER_HUB_API}/`);
  const url = new URL(`https://${registry}/`);
  return isLoopback(url) ? new URL(`http://${registry}/`) : url;
}

export function isLoopback({ hostname }: URL): boolean {
  return LOOPBACK.test(hostname);
}
