/**
 * Finds what a person names: `repository:tag`, `repository@digest`, `repository`, a digest or the
 * beginning of one.
 */
import { CavendishError } from '../../core/errors/error.ts';
import { type Placement, placementName } from '../../core/image/placement.ts';
import { placementSchema } from '../../core/image/schemas.ts';
import { type Current, readCurrent } from '../../core/register/current.ts';
import { digestPartition, placementPartition } from '../../core/register/keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll, readBoard } from './read-board.ts';

const HEX = /^(?:sha256:)?([0-9a-f]{4,64})$/u;

/**
 * The current verdicts that a name stands for: one for each stage and placement.
 *
 * @throws CavendishError `not-found` where nothing has that name, `bad-input` where several images do
 */
export async function findPlacement(name: string, register: RegisterStore): Promise<readonly Current[]> {
  const [, hex] = HEX.exec(name) ?? [];
  const found = hex === undefined ? await byReference(name, register) : await byDigest(hex, register);
  const images = new Set(found.map(({ placement }) => placement.digest));
  if (images.size === 0) {
    throw new CavendishError('not-found', `nothing on the board is called "${name}"`, {
      next: 'See what is there: cavendish images --all',
    });
  }
  return found;
}

async function byDigest(hex: string, register: RegisterStore): Promise<readonly Current[]> {
  const items = await readAll(register, { pk: digestPartition(hex), beginsWith: hex });
  const placements = items.map(({ body }) => placementSchema.parse(body['placement']));
  if (new Set(placements.map(({ digest }) => digest)).size > 1) {
    const names = placements.map(placementName).join(', ');
    throw new CavendishError('bad-input', `"${hex}" begins the digest of several images: ${names}`, {
      next: 'Give more digits.',
    });
  }
  const stages = placements.map((placement) =>
    readAll(register, { pk: placementPartition(placement), beginsWith: 'CURRENT#' }),
  );
  return (await Promise.all(stages)).flat().map((item) => readCurrent(item));
}

async function byReference(name: string, register: RegisterStore): Promise<readonly Current[]> {
  const [rest = '', digest] = name.split('@', 2);
  const colon = rest.lastIndexOf(':');
  const [repository, tag] =
    colon > rest.lastIndexOf('/') ? [rest.slice(0, colon), rest.slice(colon + 1)] : [rest, null];
  const board = await readBoard(register, { all: digest !== undefined });
  return board.filter(
    ({ placement, tags }) =>
      isRepository(repository, placement) &&
      (tag === null || tags.includes(tag)) &&
      (digest === undefined || placement.digest.startsWith(digest)),
  );
}

/** The address of the registry may stand before the repository: `127.0.0.1:5480/team/app`. */
function isRepository(named: string, { account, region, registry, repository }: Placement): boolean {
  if (named === repository) return true;
  const host = named.slice(0, Math.max(0, named.length - repository.length - 1));
  if (named !== `${host}/${repository}`) return false;
  if (registry !== 'ecr') return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/u.test(host);
  const endpoint = `${account}.dkr.ecr.${region}.amazonaws.com`;
  return host === endpoint || host === `${endpoint}.cn`;
}
