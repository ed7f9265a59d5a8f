/** Which image a report is about, of those that the given name stands for: a tag of an index names one a platform. */
import { CavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import type { Placement } from '../../core/image/placement.ts';
import type { SaidImage } from '../../core/opinions/opinion.ts';
import { compareImage, type Sameness } from '../../core/opinions/same-image.ts';
import { plainLine } from '../../core/text/plain.ts';
import { type Family, readFamily } from '../lineage/read-family.ts';
import type { RegisterStore } from '../ports/register-store.ts';

export interface FoundImage {
  readonly digest: Digest;
  /** Wherever it stands under that name. */
  readonly placements: readonly Placement[];
}

interface Question {
  /** As the image was named. */
  readonly name: string;
  readonly said: SaidImage;
  readonly found: readonly FoundImage[];
  /** Why the report counts though it is about another image; null: then it does not. */
  readonly force: string | null;
}

interface Meant {
  readonly image: FoundImage;
  /** How it was made sure. */
  readonly compared: string;
  /** Null where it had not to be. */
  readonly forced: string | null;
}

/** @throws CavendishError `bad-input` where it is about another image, or where nobody can say about which */
export async function imageMeant({ name, said, found, force }: Question, register: RegisterStore): Promise<Meant> {
  const family = readFamily(register);
  const compared: (Sameness & { readonly image: FoundImage })[] = [];
  for (const image of found) compared.push({ image, ...(await compare(said, image.digest, family)) });
  const same = compared.filter(({ outcome }) => outcome === 'same');
  const [first, another] = same.length > 0 ? same : compared;
  const called = `"${plainLine(name)}"`;
  if (first === undefined || another !== undefined) {
    throw new CavendishError(
      'bad-input',
      `${called} stands for several images, and the report does not say which it means`,
      {
        next: `Name one by its digest: ${found.map(({ digest }) => digest).join(', ')}`,
      },
    );
  }
  const { image, outcome, said: how } = first;
  if (outcome === 'same') return { image, compared: how, forced: null };
  if (outcome === 'unsaid') return { image, compared: `${how}: it is taken for the one that was named`, forced: null };
  if (force !== null) return { image, compared: how, forced: force };
  throw new CavendishError('bad-input', `the report is not about ${called}: ${how}`, {
    next: `Scan the image itself (${image.digest}), or say why the report counts all the same: --force WHY`,
  });
}

async function compare(said: SaidImage, digest: Digest, family: Family): Promise<Sameness> {
  const indexes: Digest[] = [];
  for (const one of said.digests)
    if (one !== digest && (await family.imagesOf(one)).includes(digest)) indexes.push(one);
  const facts = await family.facts(digest);
  return compareImage(said, { digest, indexes, layers: facts?.diffIds ?? null });
}
