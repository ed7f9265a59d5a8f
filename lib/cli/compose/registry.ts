/** The embedded registry of a laptop's home: started, asked, and pushed to as any client would. */
import { type Catalogue, registryCatalogue } from '../../adapters/local/registry/catalogue.ts';
import { DEFAULT_REGISTRY_PORT } from '../../adapters/local/registry/listen.ts';
import { type RunningRegistry, startRegistry } from '../../adapters/local/registry/registry.ts';
import type { Laptop } from './laptop.ts';

export { isListed } from '../../adapters/local/registry/catalogue.ts';
export { pushImage } from '../../adapters/oci/push-image.ts';
export { DEFAULT_REGISTRY_PORT };

interface RegistryOptions {
  /** A port that was asked for; the default one, or the next free, where left out. */
  readonly port: number | undefined;
  readonly now: () => Date;
  readonly onPush: () => void;
  readonly onFault: (fault: unknown) => void;
}

export async function openRegistry(
  { home, register }: Pick<Laptop, 'home' | 'register'>,
  { port, ...options }: RegistryOptions,
): Promise<RunningRegistry> {
  return await startRegistry({
    folder: home.paths.registry,
    store: register,
    host: '127.0.0.1',
    port: port ?? DEFAULT_REGISTRY_PORT,
    given: port !== undefined,
    ...options,
  });
}

export function catalogueOf({ register }: Pick<Laptop, 'register'>): Catalogue {
  return registryCatalogue(register);
}
