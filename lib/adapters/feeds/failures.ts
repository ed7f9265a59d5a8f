/** What the file system, zlib and the zip reader say went wrong, in Cavendish's words. */
import { CavendishError, type ErrorCode } from '../../core/errors/error.ts';

const AGAIN = 'Download or copy it again.';

const BY_CODE: Readonly<Record<string, readonly [code: ErrorCode, what: string, next: string]>> = {
  ENOENT: ['not-found', 'there is no such file or folder', 'Check the path.'],
  ENOTDIR: ['not-found', 'there is no such file or folder', 'Check the path.'],
  EACCES: ['unavailable', 'this user may not read it', 'Give it to the user that Cavendish runs as.'],
  EPERM: ['unavailable', 'this user may not read it', 'Give it to the user that Cavendish runs as.'],
  EIO: ['unavailable', 'the disk did not give it', 'Check the disk that it lies on.'],
  ELOOP: ['bad-input', 'it is a link that leads to itself', 'Check the path.'],
  ENOSPC: ['storage-full', 'no space is left', 'Free some space, or name another temporary folder (TMPDIR).'],
  EDQUOT: ['storage-full', 'no space is left', 'Free some space, or name another temporary folder (TMPDIR).'],
  Z_BUF_ERROR: ['bad-input', 'it is cut off', AGAIN],
  Z_DATA_ERROR: ['bad-input', 'its compressed bytes are damaged', AGAIN],
};

/** An error of Cavendish's own is handed back as it is, and so is what nobody expects. */
export function explainRead(error: unknown, where: string): unknown {
  if (error instanceof CavendishError || !Error.isError(error)) return error;
  const [code, what, next] = BY_CODE['code' in error && typeof error.code === 'string' ? error.code : ''] ?? [];
  if (code === undefined) return error;
  return new CavendishError(code, `${where}: ${String(what)}`, { next: String(next), cause: error });
}

/** The zip reader's errors have no codes: all of them are about the archive, or the disk that it lies on. */
export function explainZip(error: unknown, where: string): unknown {
  const explained = explainRead(error, where);
  if (explained instanceof CavendishError || !Error.isError(error)) return explained;
  return new CavendishError('bad-input', `${where}: not a whole zip archive: ${error.message}`, {
    next: AGAIN,
    cause: error,
  });
}

/** Says of which file, or part of it, an error of a reader is. */
export function naming(error: unknown, where: string): unknown {
  if (!(error instanceof CavendishError) || error.message.startsWith(where)) return error;
  return new CavendishError(error.code, `${where}: ${error.message}`, {
    ...(error.next !== undefined && { next: error.next }),
    cause: error,
  });
}
