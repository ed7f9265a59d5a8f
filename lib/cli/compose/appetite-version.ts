/** Finds the appetite that somebody names: a preset, a version that counts or once did, or a file. */
import { basename } from 'node:path';

import type { Adoption } from '../../core/appetite/adoption.ts';
import { showOperation } from '../../pipeline/appetite/operations.ts';
import type { Io } from '../io.ts';
import type { CommonOptions } from '../options.ts';
import { besideInForce, inForceOf } from './appetite.ts';
import { withHome, withParts } from './home.ts';
import { appetiteText, isLaptopHome } from './laptop.ts';
import { type Preset, PRESETS, presetText } from './presets.ts';

export interface AppetiteVersion {
  readonly text: string;
  /** What it is called in messages. */
  readonly source: string;
  /** What it is called by those who adopt it. */
  readonly name: string;
}

export interface InForce extends AppetiteVersion {
  /** Null where what comes with the home counts. */
  readonly adoption: Adoption | null;
  /** What comes with the home and says something else; null where nothing does. */
  readonly beside: string | null;
}

interface Opening extends Pick<CommonOptions, 'data' | 'home'> {
  readonly as?: string | undefined;
}

/** A digest, or the beginning of one, as `appetite history` prints it. */
const DIGEST = /^(?:sha256:)?[0-9a-f]{6,64}$/u;
export const IN_FORCE = 'in-force';

/**
 * @param name - `in-force`, a preset, a digest, or a file; what could be either is no file: `./strict` is one
 * @throws CavendishError `not-found`, `bad-input`
 */
export async function appetiteVersion(name: string, opening: Opening, io: Io): Promise<AppetiteVersion> {
  if (name === IN_FORCE) return await appetiteInForce(opening, io);
  if (isPreset(name)) return { text: await presetText(name), source: name, name };
  const { as, data, home } = opening;
  if (!DIGEST.test(name)) return named(await appetiteText(name, data));
  return await withHome({ home, data, as }, io, async ({ operate }) => {
    const { text, source, adoption } = await operate(showOperation, { version: name });
    return { text, source, name: adoption?.name ?? source };
  });
}

/** What counts; where there is no home yet, what one would judge by. */
export async function appetiteInForce({ as, data, home }: Opening, io: Io): Promise<InForce> {
  if (home.kind === 'laptop' && !isLaptopHome(data)) {
    return { ...named(await appetiteText(undefined, data)), adoption: null, beside: null };
  }
  if (home.kind === 'aws') {
    return await withHome({ home, data, as }, io, async ({ operate }) => {
      const { text, source, adoption } = await operate(showOperation, { version: null });
      return { text, source, name: adoption?.name ?? basename(source), adoption, beside: null };
    });
  }
  return await withParts({ home, data }, io, async (opened) => {
    const inForce = await inForceOf(opened);
    const { text, source, adoption } = inForce;
    return {
      text,
      source,
      name: adoption?.name ?? basename(source),
      adoption,
      beside: await besideInForce(opened, inForce),
    };
  });
}

/** What comes with a home on this machine, whether or not it counts; on AWS what counts. */
export async function ownAppetite(opening: Opening, io: Io): Promise<AppetiteVersion> {
  if (opening.home.kind === 'laptop') return named(await appetiteText(undefined, opening.data));
  return await appetiteInForce(opening, io);
}

function named({ text, source }: { readonly text: string; readonly source: string }): AppetiteVersion {
  return { text, source, name: basename(source) };
}

function isPreset(name: string): name is Preset {
  return Object.hasOwn(PRESETS, name);
}
