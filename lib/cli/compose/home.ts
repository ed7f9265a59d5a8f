/** Opens the home that a person names: a folder of this machine, or a stack on AWS. */
import type { HomeName } from '../home-name.ts';
import type { Io } from '../io.ts';
import type { AnyHome } from './any-home.ts';
import { appetiteOfHome } from './appetite.ts';
import { openLaptop } from './laptop.ts';
import type { Operate } from './opened-home.ts';
import { operateHere } from './operate.ts';

interface Opening {
  readonly home: HomeName;
  /** The folder of a home on this machine; AWS has none. */
  readonly data: string;
  /** Who says that they ask; undefined: the machine's user. On AWS the credentials say it. */
  readonly as: string | undefined;
  /** `beside` may make a home on this machine where there is none; `read` never does. @default 'read' */
  readonly mode?: 'beside' | 'read';
}

interface AskedHome {
  readonly kind: HomeName['kind'];
  readonly operate: Operate;
}

/** Asks the home for things: one on this machine in this process, one on AWS by its API. */
export async function withHome<T>(opening: Opening, io: Io, use: (home: AskedHome) => Promise<T>): Promise<T> {
  const { home, as } = opening;
  if (home.kind === 'laptop') {
    return await withParts(opening, io, async (parts) => {
      const operate = operateHere({ stores: parts, as, appetite: (keep) => appetiteOfHome(parts, keep) }, io);
      return await use({ kind: 'laptop', operate });
    });
  }
  const { openApi } = await import('./aws/open-api.ts');
  const { operate, close } = await openApi(home, io.env);
  try {
    return await use({ kind: 'aws', operate });
  } finally {
    close();
  }
}

/**
 * Opens the parts of a home themselves, with the rights of who runs the command: for those who look at the machinery,
 * and for what is too large to be asked for.
 */
export async function withParts<T>(
  { home, data, mode = 'read' }: Omit<Opening, 'as'>,
  io: Io,
  use: (home: AnyHome) => Promise<T>,
): Promise<T> {
  const opened = await open(home, data, mode, io);
  try {
    return await use(opened);
  } finally {
    await opened.close();
  }
}

async function open(home: HomeName, data: string, mode: 'beside' | 'read', io: Io): Promise<AnyHome> {
  if (home.kind === 'laptop') return await openLaptop({ data, as: mode, now: io.now() });
  const { openAws } = await import('./aws/open-aws.ts');
  return await openAws(home, io.env);
}
