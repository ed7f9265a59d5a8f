import { openImageFile } from '../lib/adapters/local/images/open-image-file.ts';
import type { OpenImage } from '../lib/core/image/open-image.ts';

/** Opens the image of a file, its first, for as long as it is used. */
export async function withImage<T>(path: string, use: (image: OpenImage) => Promise<T>): Promise<T> {
  const opened = await openImageFile(path);
  try {
    const [image] = opened.images;
    if (image === undefined) throw new Error(`${path} holds no image`);
    return await use(image);
  } finally {
    await opened.close();
  }
}
