/** The terms of a request, as somebody asks for them: names for images, days for ends. */
import { z } from 'zod';

import { CavendishError } from '../../core/errors/error.ts';
import { controlSchema, type Draft, draftSchema } from '../../core/exceptions/exception.ts';
import { type Digest, shortDigest } from '../../core/image/digest.ts';
import { stageSchema } from '../../core/image/schemas.ts';
import { parseEnd } from '../../core/time/end.ts';
import { findImages } from '../lineage/find-images.ts';
import { findPlacement } from '../read-board/find-placement.ts';
import type { Acting } from './act.ts';

const text = z.string().min(1).max(2000);
const day = text.max(64).nullable();

/** Ends are days (`2027-03-31`: the end of that day where the programme is at home) or instants. */
export const askedTerms = z.strictObject({
  vulnerabilities: z.array(text).max(200),
  packages: z.array(text).max(100),
  /** Exactly one; a digest, or the name of an image, of a base. */
  images: z.union([
    z.strictObject({ asset: text }),
    z.strictObject({ repository: text }),
    z.strictObject({ digest: text }),
    z.strictObject({ base: text }),
  ]),
  stages: z.array(stageSchema).min(1).max(3),
  reason: text.nullable(),
  owner: text.nullable(),
  controls: z.array(controlSchema).max(20),
  review: day,
  expiry: day,
  links: z.array(text).max(20),
});

export type AskedTerms = z.output<typeof askedTerms>;

/** @throws CavendishError `bad-input` naming each mistake, `not-found` where nothing has the name */
export async function termsOf(
  { vulnerabilities, packages, images, stages, review, expiry, ...rest }: AskedTerms,
  { register, appetite }: Pick<Acting, 'register' | 'appetite'>,
): Promise<Draft> {
  const { zone } = appetite.value;
  const read = draftSchema.safeParse({
    ...rest,
    scope: { vulnerabilities, packages, images: await namedImages(images, register), stages },
    review: review === null ? null : parseEnd(review, zone),
    expiry: expiry === null ? null : parseEnd(expiry, zone),
  });
  if (read.success) return read.data;
  const mistakes = read.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
  throw new CavendishError('bad-input', `the request is not right: ${mistakes.join('; ')}`);
}

async function namedImages(images: AskedTerms['images'], register: Acting['register']): Promise<unknown> {
  if ('digest' in images) return { digest: await digestOfImage(images.digest, register) };
  if (!('base' in images)) return images;
  const found = await findImages(images.base, register, 'newest');
  return {
    base: theOne(
      images.base,
      found.map(({ image }) => image),
    ),
    name: images.base,
  };
}

async function digestOfImage(name: string, register: Acting['register']): Promise<Digest> {
  const found = await findPlacement(name, register);
  return theOne(
    name,
    found.map(({ placement }) => placement.digest),
  );
}

function theOne(name: string, found: readonly Digest[]): Digest {
  const [first, ...others] = new Set(found);
  if (first !== undefined && others.length === 0) return first;
  throw new CavendishError('bad-input', `"${name}" names several images: ${found.map(shortDigest).join(', ')}`, {
    next: 'An exception is narrow: name one of them by its digest.',
  });
}
