/** Runs what writes to the disk, and says in Cavendish's words what went wrong there. */
import { explainFile } from '../home/file-failures.ts';

/** @throws CavendishError `storage-full`, `unavailable` */
export async function storing<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explainFile(error, path);
  }
}
