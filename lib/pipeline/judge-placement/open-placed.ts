/** Opens an image where it stands. */
import { CavendishError } from '../../core/errors/error.ts';
import type { Placement } from '../../core/image/placement.ts';
import type { ImageSource, OpenedImages, OpenImage, UnreadableImage } from '../ports/image-source.ts';

export interface PlacedImages {
  readonly images: ImageSource;
  /** The reference by which `images` opens a placement. */
  readonly referenceOf: (placement: Placement) => string;
}

interface Opened {
  readonly image: OpenImage | UnreadableImage;
  close(): Promise<void>;
}

/**
 * An image that can't be opened is judged unknown with the cause, never left out.
 *
 * @param signal - ends the waiting; its reason counts as the cause
 * @throws CavendishError `unavailable` where the registry is away
 */
export async function openPlaced(
  placement: Placement,
  { images, referenceOf }: PlacedImages,
  signal?: AbortSignal,
): Promise<Opened> {
  try {
    const opened = await unlessAborted(images.open(referenceOf(placement)), signal);
    return { image: pick(opened, placement), close: () => opened.close() };
  } catch (error) {
    if (!(error instanceof CavendishError) || error.code === 'unavailable' || error.code === 'storage-full')
      throw error;
    return { image: { digest: placement.digest, platform: null, error }, close: () => Promise.resolve() };
  }
}

function pick({ images, unreadable }: OpenedImages, { digest }: Placement): OpenImage | UnreadableImage {
  const found = [...images, ...unreadable].find((image) => image.digest === digest);
  if (found !== undefined) return found;
  const error = new CavendishError('not-found', `${digest} holds no image that can be judged`);
  return { digest, platform: null, error };
}

async function unlessAborted(opening: Promise<OpenedImages>, signal?: AbortSignal): Promise<OpenedImages> {
  if (signal === undefined) return await opening;
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => {
    reject(signal.reason as Error);
  };
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([opening, ended]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    if (signal.aborted) void Promise.allSettled([opening.then((late) => late.close())]);
  }
}
