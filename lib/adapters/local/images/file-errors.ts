/** What the file system says of files that a person names, in Cavendish's words. */
import { CavendishError } from '../../../core/errors/error.ts';
import { fileErrorCode } from '../home/file-failures.ts';

/** True where nothing is at the path. */
export function isMissing(error: unknown): boolean {
  const code = fileErrorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** The error to throw; what does not come from the file system is handed back as it is. */
export function explain(error: unknown, path: string): unknown {
  const code = fileErrorCode(error);
  if (error instanceof CavendishError || code === undefined || !/^E[A-Z0-9]+$/u.test(code)) return error;
  if (isMissing(error)) {
    return new CavendishError('not-found', `${path} is not there`, {
      next: 'Name an OCI layout, a `docker save` archive, or an image in a registry.',
      cause: error,
    });
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new CavendishError('storage-full', `no space is left for ${path}`, {
      next: 'Free some space, or point TMPDIR to a disk that has some.',
      cause: error,
    });
  }
  return new CavendishError('unavailable', `${path} can not be read (${code})`, {
    next: 'Check that the file is readable for this user, and the disk that it lies on.',
    cause: error,
  });
}
